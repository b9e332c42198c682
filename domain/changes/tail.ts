import 'server-only'
import type pg from 'pg'
import type { Call } from '@/lib/call'
import { readClock } from '@/lib/clock'
import { currentPosition, databaseId, formatCursor, type Position } from '@/lib/cursor'
import { COMMITTED, openConnection, pool } from '@/lib/db'
import { streamPatienceMs } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { encodeEvent } from '@/lib/http/event-stream'
import { log } from '@/lib/log'
import { type FedPage, readFeedPage } from './feed-queries'
import type { FeedChange } from './feed-schema'

/** A change as it has just come in, and as one event of a stream. */
export interface Heard {
  readonly at: Position
  readonly change: FeedChange
  readonly event: Uint8Array
}

export interface TailListener {
  readonly hear: (heard: Heard) => void
  /** What comes next cannot be told: the listener has to begin anew. */
  readonly lose: () => void
}

/** The end of one organisation's feed, followed once per process however many listen. */
interface Tail {
  readonly listeners: Set<TailListener>
  /** Everything up to here has been told. */
  position: Position
  /** Of which database. */
  database: string
}

declare global {
  var __tails: Tails | undefined
}

// a notification may get lost with its connection, and no proxy passes all of them on
const POLL_MS = 1000
// a transaction that is still running holds those behind it back
const BEHIND_MS = 50
const RECONNECT_MS = 500
const PAGE = 500

class Tails {
  readonly #tails = new Map<string, Tail>()
  #connection: Promise<pg.Client> | undefined
  #timer: NodeJS.Timeout | undefined
  #reading = false
  #woken = false
  #wellAt = performance.now()

  /** Listens to an organisation. Returns the position after which everything will be heard, and how to stop. */
  async subscribe(org: string, listener: TailListener): Promise<{ position: Position; stop: () => void }> {
    const tail = await this.#open(org)
    tail.listeners.add(listener)
    // whoever left last may have closed it meanwhile
    this.#tails.set(org, tail)
    const stop = () => {
      tail.listeners.delete(listener)
      if (tail.listeners.size > 0) return
      this.#tails.delete(org)
      if (this.#tails.size === 0) void this.#rest()
    }
    return { position: tail.position, stop }
  }

  /** Where an organisation's listeners have heard everything. */
  positionOf(org: string): Position | undefined {
    return this.#tails.get(org)?.position
  }

  async #open(org: string): Promise<Tail> {
    const known = this.#tails.get(org)
    if (known) return known
    await this.#connect()
    this.#wellAt = performance.now()
    const [position, database] = [await currentPosition(pool()), await databaseId()]
    // somebody else may have opened it meanwhile
    const tail = this.#tails.get(org) ?? { listeners: new Set(), position, database }
    this.#tails.set(org, tail)
    this.#schedule(POLL_MS)
    return tail
  }

  #connect(): Promise<pg.Client> {
    this.#connection ??= this.#connectAnew()
    return this.#connection
  }

  async #connectAnew(): Promise<pg.Client> {
    let client: pg.Client | undefined
    try {
      client = await openConnection('peer-mentors-changes')
      const opened = client
      const lost = () => this.#lose(opened)
      client.on('error', lost).on('end', lost)
      client.on('notification', () => void this.#read())
      await client.query(`LISTEN ${COMMITTED}`)
      return client
    } catch (error) {
      this.#connection = undefined
      void client?.end().catch(() => {})
      throw error
    }
  }

  #lose(client: pg.Client): void {
    client.removeAllListeners().on('error', () => {})
    void client.end().catch(() => {})
    this.#connection = undefined
    if (this.#tails.size > 0) this.#schedule(RECONNECT_MS)
  }

  /** Nobody shall take silence for rest: whoever comes back is told that the database is away. */
  #loseAll(): void {
    for (const { listeners } of this.#tails.values()) for (const { lose } of listeners) lose()
  }

  async #rest(): Promise<void> {
    clearTimeout(this.#timer)
    const connection = this.#connection
    this.#connection = undefined
    const client = await connection?.catch(() => undefined)
    client?.removeAllListeners().on('error', () => {})
    await client?.end().catch(() => {})
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#read(), delay).unref()
  }

  /** One reading at a time; whoever asks meanwhile gets another one after it. */
  async #read(): Promise<void> {
    if (this.#reading) {
      this.#woken = true
      return
    }
    this.#reading = true
    let next = POLL_MS
    try {
      // whoever left last has closed the connection: it is not to be opened again for nobody
      while (this.#tails.size > 0) {
        this.#woken = false
        const client = await this.#connect()
        for (const [org, tail] of this.#tails) if (await tell(client, org, tail)) next = BEHIND_MS
        this.#wellAt = performance.now()
        if (!this.#woken) break
      }
    } catch (error) {
      log.warn({ err: error }, 'the changes could not be read and will be tried again')
      next = RECONNECT_MS
      if (performance.now() - this.#wellAt > streamPatienceMs()) this.#loseAll()
    } finally {
      this.#reading = false
    }
    if (this.#tails.size > 0) this.#schedule(next)
  }
}

/** Tells what has come since. Returns whether a transaction that is still running holds something back. */
async function tell(client: pg.Client, org: string, tail: Tail): Promise<boolean> {
  for (;;) {
    const database = await databaseId()
    const page = database === tail.database ? await readOn(client, org, tail.position) : null
    if (page === null) {
      const position = await currentPosition(client)
      // whoever begins to listen does so before, and is lost, or after
      Object.assign(tail, { position, database })
      for (const { lose } of tail.listeners) lose()
      return false
    }
    const heard = await Promise.all(
      page.changes.map(async ({ at, change }) => ({ at, change, event: await eventOf(at, change) })),
    )
    // in one go: whoever begins to listen does so before or after all of them
    for (const one of heard) for (const { hear } of tail.listeners) hear(one)
    tail.position = page.next
    if (!page.more) return page.behind
  }
}

/** Null where what came since cannot be told any more. */
async function readOn(client: pg.Client, org: string, from: Position): Promise<FedPage | null> {
  try {
    return await readFeedPage(client, callFor(org), from, {}, PAGE)
  } catch (error) {
    if (error instanceof AppError && error.code === 'reload_required') return null
    throw error
  }
}

/** A change as one event of a stream; its id is the cursor to come back by. */
export async function eventOf(at: Position, change: FeedChange): Promise<Uint8Array> {
  return encodeEvent({ id: await formatCursor(at), event: 'change', data: change })
}

function callFor(org: string): Call {
  return {
    caller: { org, actor: 'changes' },
    now: readClock(),
    requestId: 'changes',
    ifMatch: null,
    afterCommit: () => {
      throw new Error('a read commits nothing')
    },
  }
}

globalThis.__tails ??= new Tails()

export const tails = globalThis.__tails
