import 'server-only'
import type { ServerResponse } from 'node:http'
import { closingSignal } from '@/lib/closing'
import { log } from '@/lib/log'

/** One reader of Server-Sent Events. */
export interface EventSink {
  /** Aborted when the reader has gone, was dropped, or the process ends. */
  readonly signal: AbortSignal
  /** Resolves once the reader has taken all but `left` chunks of what was sent before, or has gone. */
  readonly taken: (left?: number) => Promise<void>
  /** Sends, once the reader has taken most of what was sent before. */
  readonly write: (chunk: Uint8Array) => Promise<void>
  /** Sends at once. A reader that has left too much behind is dropped: it comes back by its last event. */
  readonly offer: (chunk: Uint8Array) => void
  readonly end: () => void
}

// of a burst that all readers hear each holds the same bytes, so that many of them cost little
const OFFERED_CHUNKS = 10_000
// what is written is made for one reader
const WRITTEN_CHUNKS = 16

/** When to come back, in milliseconds: after a loss not all at once. */
export function retryHint(): number {
  return 1000 + Math.floor(Math.random() * 1000)
}

const readers = new Set<Reader>()
closingSignal.addEventListener('abort', () => {
  for (const reader of readers) reader.sendAway()
})

interface EventFields {
  readonly id?: string
  readonly event?: string
  readonly data?: unknown
  /** The same, as JSON already. */
  readonly json?: string
  readonly retry?: number
  readonly comment?: string
}

const encoder = new TextEncoder()

/** One event as the wire has it (WHATWG HTML, 9.2); `data` becomes one line of JSON. */
export function encodeEvent({ id, event, data, json, retry, comment }: EventFields): Uint8Array {
  const lines = [
    comment !== undefined && `: ${comment}`,
    retry !== undefined && `retry: ${retry}`,
    id !== undefined && `id: ${id}`,
    event !== undefined && `event: ${event}`,
    data !== undefined && `data: ${JSON.stringify(data)}`,
    json !== undefined && `data: ${json}`,
  ].filter((line) => line !== false)
  return encoder.encode(`${lines.join('\n')}\n\n`)
}

/** Holds for one reader what its connection cannot take yet. A class, since thousands of them listen at once. */
abstract class Reader implements EventSink {
  readonly #over = new AbortController()
  #waiting: Uint8Array[] = []
  #full = false
  #makeRoom: (() => void) | undefined

  /** Hands a chunk on. Returns whether more is welcome; if not, `flush` is called once it is. */
  protected abstract put(chunk: Uint8Array): boolean
  protected abstract close(): void
  /** Cuts off, whatever has not arrived yet. */
  protected abstract cut(): void

  get signal(): AbortSignal {
    return this.#over.signal
  }

  begin(run: (sink: EventSink) => Promise<void>): void {
    readers.add(this)
    const end = () => this.end()
    run(this).then(end, (error: unknown) => {
      log.warn({ err: error }, 'a stream ended early')
      end()
    })
    // afterwards, so that what has begun hears of it and tidies up
    if (closingSignal.aborted) this.sendAway()
  }

  async taken(left = 0): Promise<void> {
    while (this.#waiting.length > left && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#makeRoom = resolve
      })
    }
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.taken(WRITTEN_CHUNKS - 1)
    this.offer(chunk)
  }

  offer(chunk: Uint8Array): void {
    if (this.signal.aborted) return
    if (!this.#full) this.#full = !this.put(chunk)
    else if (this.#waiting.length < OFFERED_CHUNKS) this.#waiting.push(chunk)
    else {
      this.leave()
      this.cut()
    }
  }

  end(): void {
    if (this.signal.aborted) return
    const rest = this.#waiting
    this.leave()
    for (const chunk of rest) this.put(chunk)
    this.close()
  }

  sendAway(): void {
    this.offer(encodeEvent({ retry: retryHint() }))
    this.end()
  }

  leave(): void {
    readers.delete(this)
    this.#waiting = []
    this.#over.abort()
    this.#makeRoom?.()
  }

  flush(): void {
    this.#full = false
    while (!this.#full) {
      const next = this.#waiting.shift()
      if (!next) break
      this.#full = !this.put(next)
    }
    this.#makeRoom?.()
  }
}

class BodyReader extends Reader {
  readonly #controller: ReadableStreamDefaultController<Uint8Array>

  constructor(controller: ReadableStreamDefaultController<Uint8Array>) {
    super()
    this.#controller = controller
  }

  protected put(chunk: Uint8Array): boolean {
    this.#controller.enqueue(chunk)
    return (this.#controller.desiredSize ?? 0) > 0
  }

  protected close(): void {
    this.#controller.close()
  }

  protected cut(): void {
    this.#controller.error(new Error('the reader was too slow'))
  }
}

class ResponseReader extends Reader {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    super()
    this.#response = response.on('close', () => this.leave())
  }

  protected put(chunk: Uint8Array): boolean {
    if (this.#response.write(chunk)) return true
    // of one that has ended nothing is held any more
    if (!this.signal.aborted) this.#response.once('drain', () => this.flush())
    return false
  }

  protected close(): void {
    this.#response.end()
  }

  protected cut(): void {
    this.#response.destroy()
  }
}

/** A body of Server-Sent Events: `run` sends until it ends or the sink's signal aborts. */
export function streamEvents(run: (sink: EventSink) => Promise<void>): ReadableStream<Uint8Array> {
  let reader: BodyReader
  return new ReadableStream<Uint8Array>({
    start(controller) {
      reader = new BodyReader(controller)
      reader.begin(run)
    },
    pull: () => reader.flush(),
    cancel: () => reader.leave(),
  })
}

/** The same as the rest of a Node response, whose head is set: half the memory that a body would cost. */
export function sendEvents(response: ServerResponse, run: (sink: EventSink) => Promise<void>): void {
  const reader = new ResponseReader(response)
  reader.begin(run)
  // one that has closed already does not say so again
  if (response.destroyed) reader.leave()
}
