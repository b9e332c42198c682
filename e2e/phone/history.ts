import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { type Network, Phone, type QueuedEvent, type Storage } from './phone'

/** What a network does to one request. */
type Fault = 'none' | 'lost_request' | 'lost_answer' | 'twice' | 'late'

export type Step =
  | { readonly kind: 'act'; readonly phone: number; readonly pauses: boolean; readonly reason?: string | undefined }
  | { readonly kind: 'sync'; readonly phone: number; readonly faults: readonly Fault[] }
  | { readonly kind: 'restart'; readonly phone: number }
  | { readonly kind: 'clock'; readonly phone: number; readonly minutes: number }
  | { readonly kind: 'coordinator'; readonly does: 'pause' | 'resume' | 'acknowledge' }

const phone = fc.integer({ min: 0, max: 1 })
const fault: fc.Arbitrary<Fault> = fc.constantFrom('none', 'none', 'lost_request', 'lost_answer', 'twice', 'late')

/** What a mentor's two phones, their clocks, the network and a coordinator do, one after the other. */
export const history: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('act' as const), phone, pauses: fc.boolean() }) },
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('sync' as const), phone, faults: fc.array(fault, { maxLength: 4 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), phone }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('clock' as const),
        phone,
        minutes: fc.constantFrom(-525_600, -90, -3, 2, 61, 525_600),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('coordinator' as const),
        does: fc.constantFrom('pause' as const, 'resume' as const, 'acknowledge' as const),
      }),
    },
  ),
  { minLength: 3, maxLength: 14 },
)

/** A network that does to each request what the plan says, and then nothing any more. */
class FaultyNetwork {
  faults: Fault[] = []
  readonly #late: (() => Promise<unknown>)[] = []

  constructor(private readonly server: Network) {}

  readonly send: Network = async (path, init) => {
    const fault = this.faults.shift() ?? 'none'
    if (fault === 'lost_request') throw new Error('the request was lost')
    if (fault === 'late') {
      this.#late.push(() => this.server(path, init))
      throw new Error('no answer came in time')
    }
    const answer = await this.server(path, init)
    if (fault === 'lost_answer') throw new Error('the answer was lost')
    return fault === 'twice' ? this.server(path, init) : answer
  }

  /** What was under way arrives after all, in an order of its own. */
  async deliverLate(): Promise<void> {
    for (const deliver of this.#late.splice(0).reverse()) await deliver().catch(() => {})
  }
}

interface Device {
  phone: Phone
  readonly network: FaultyNetwork
  readonly storage: Storage
  minutesOff: number
}

export interface Outcome {
  readonly phones: readonly Phone[]
  readonly acted: readonly QueuedEvent[]
}

/**
 * Plays a history of one mentor against a server, then lets it be quiet: everything under way arrives, and both phones
 * synchronise without faults. `patience` is for how long they try that, in milliseconds: the server may be away.
 */
export async function playHistory(
  steps: readonly Step[],
  mentorId: string,
  server: Network,
  now: () => number,
  patience = 0,
): Promise<Outcome> {
  const devices = [0, 1].map((index) => makeDevice(mentorId, server, now, index))
  const acted: QueuedEvent[] = []
  for (const step of steps) {
    if (step.kind === 'coordinator') await coordinate(step.does, mentorId, server).catch(() => {})
    else acted.push(...(await playStep(step, devices[step.phone] as Device, mentorId, now, step.phone)))
  }
  for (const { network } of devices) {
    await network.deliverLate()
    network.faults = []
  }
  // the second round shows the first phone what the second one brought
  for (let round = 0; round < 2; round++) for (const { phone } of devices) await insist(() => phone.sync(), patience)
  return { phones: devices.map((device) => device.phone), acted }
}

async function playStep(
  step: Exclude<Step, { kind: 'coordinator' }>,
  device: Device,
  mentorId: string,
  now: () => number,
  index: number,
): Promise<QueuedEvent[]> {
  if (step.kind === 'act') return [device.phone.act(step.pauses ? 'PauseMentorEvent' : 'ResumeMentorEvent')]
  if (step.kind === 'clock') device.minutesOff += step.minutes
  if (step.kind === 'restart') device.phone = makePhone(device, mentorId, now, index)
  if (step.kind === 'sync') {
    device.network.faults = [...step.faults]
    await device.phone.sync().catch(() => {})
    await device.network.deliverLate()
  }
  return []
}

function makeDevice(mentorId: string, server: Network, now: () => number, index: number): Device {
  let text: string | null = null
  const storage: Storage = {
    read: () => text,
    write: (next) => {
      text = next
    },
  }
  const device = { network: new FaultyNetwork(server), storage, minutesOff: 0 }
  return Object.assign(device, { phone: makePhone(device, mentorId, now, index) })
}

function makePhone(device: Omit<Device, 'phone'>, mentorId: string, now: () => number, index: number): Phone {
  // the time is an event's key: two phones of one owner do not act in the same microsecond
  const clock = () => now() + device.minutesOff * 60_000 + index / 2
  return new Phone(mentorId, device.storage, device.network.send, clock)
}

async function coordinate(does: 'pause' | 'resume' | 'acknowledge', mentorId: string, server: Network): Promise<void> {
  const send = (method: string, path: string, body: object) =>
    server(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (does !== 'acknowledge') {
    const event_type = does === 'pause' ? 'PauseMentorEvent' : 'ResumeMentorEvent'
    await send('POST', '/api/v1/mentor-status-sync/events', { event_type, mentor_id: mentorId })
    return
  }
  const listed = await server(`/api/v1/mentor-status-sync?mentor_id=${mentorId}&origin=app`, {})
  const { data } = await listed.json()
  const ids = data.map(({ sync_event_id }: { sync_event_id: string }) => sync_event_id)
  if (ids.length > 0) await send('POST', '/api/v1/mentor-status-sync/events/acknowledge', { ids, reason: 'Ringt' })
}

async function insist(work: () => Promise<void>, patience: number): Promise<void> {
  const deadline = Date.now() + patience
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() >= deadline) throw error
      await wait(50)
    }
  }
}
