// A phone as small as it can be and still lose nothing: the pattern for the app. It keeps a queue of what its owner did, the
// last state of its mentor and a cursor, all of it in a storage that survives a restart.

export interface QueuedEvent {
  readonly event_type: 'PauseMentorEvent' | 'ResumeMentorEvent'
  readonly mentor_id: string
  readonly client_timestamp: string
  readonly reason?: string
}

interface Kept {
  /** `GET /api/v1/mentor-status-sync/:mentor_id`, as the server answered last; null while the mentor is not known to it. */
  readonly snapshot: unknown
  readonly cursor: string | null
  readonly queue: readonly QueuedEvent[]
  /** What the server will not take, with its sentence for the owner. */
  readonly refused: readonly { readonly event: QueuedEvent; readonly detail: string }[]
  /** Microseconds since 1970 of the last event: the next one is later, whatever the clock says. */
  readonly lastStamp: number
}

export interface Storage {
  read(): string | null
  write(text: string): void
}

/** Rejects where nothing, or no answer, came through. */
export type Network = (path: string, init: RequestInit) => Promise<Response>

const SYNC = '/api/v1/mentor-status-sync'
const BATCH = 500
const EMPTY: Kept = { snapshot: null, cursor: null, queue: [], refused: [], lastStamp: 0 }

export class Phone {
  #kept: Kept

  constructor(
    readonly mentorId: string,
    private readonly storage: Storage,
    private readonly network: Network,
    /** Milliseconds since 1970, by the phone's own clock, right or wrong. */
    private readonly clock: () => number,
  ) {
    const text = storage.read()
    this.#kept = text === null ? EMPTY : JSON.parse(text)
  }

  get kept(): Kept {
    return this.#kept
  }

  /** Notes what the owner did; nothing is sent yet. An event's key is its time, so no two share one. */
  act(event_type: QueuedEvent['event_type'], reason?: string): QueuedEvent {
    const lastStamp = Math.max(Math.trunc(this.clock() * 1000), this.#kept.lastStamp + 1)
    const event: QueuedEvent = {
      event_type,
      mentor_id: this.mentorId,
      client_timestamp: formatMicroseconds(lastStamp),
      ...(reason !== undefined && { reason }),
    }
    this.#keep({ queue: [...this.#kept.queue, event], lastStamp })
    return event
  }

  /** Sends the queue and catches up. Rejects when the network fails: whatever had come through by then is kept. */
  async sync(): Promise<void> {
    await this.#sendQueue()
    await this.#catchUp()
  }

  async #sendQueue(): Promise<void> {
    while (this.#kept.queue.length > 0) {
      const events = this.#kept.queue.slice(0, BATCH)
      const { results } = await this.#json(`${SYNC}/events/batch`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-client-time': formatMicroseconds(Math.trunc(this.clock() * 1000)),
        },
        body: JSON.stringify({ events }),
      })
      // a verdict, whichever it is, settles an event; only what got none is sent again
      const refused = events.flatMap((event, index) =>
        results[index].verdict === 'rejected' ? [{ event, detail: results[index].detail }] : [],
      )
      this.#keep({
        queue: this.#kept.queue.slice(events.length),
        refused: [...this.#kept.refused, ...refused],
      })
    }
  }

  async #catchUp(): Promise<void> {
    if (this.#kept.cursor === null) return this.#loadSnapshot()
    let since = this.#kept.cursor
    let changed = false
    for (;;) {
      const path = `/api/v1/changes?mentor_id=${this.mentorId}&since=${since}`
      const response = await this.network(path, {})
      if (response.status === 410) return this.#loadSnapshot()
      const { data, next, more } = await bodyOf(response)
      changed ||= data.length > 0
      since = next
      if (!more) break
    }
    if (changed) await this.#loadSnapshot()
    else this.#keep({ cursor: since })
  }

  /** The cursor comes from before the snapshot was read: going on from it may repeat something, and misses nothing. */
  async #loadSnapshot(): Promise<void> {
    const response = await this.network(`${SYNC}/${this.mentorId}`, {})
    if (response.status === 404) return this.#keep({ snapshot: null, cursor: null })
    const snapshot = await bodyOf(response)
    this.#keep({ snapshot, cursor: response.headers.get('changes-cursor') })
  }

  async #json(path: string, init: RequestInit) {
    return bodyOf(await this.network(path, init))
  }

  #keep(kept: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...kept }
    this.storage.write(JSON.stringify(this.#kept))
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the contract's answers, as the app would decode them
async function bodyOf(response: Response): Promise<any> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response.json()
}

function formatMicroseconds(stamp: number): string {
  const seconds = new Date(Math.floor(stamp / 1000)).toISOString().slice(0, 23)
  return `${seconds}${String(stamp % 1000).padStart(3, '0')}Z`
}
