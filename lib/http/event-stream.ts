import 'server-only'
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

const sinks = new Set<EventSink>()
closingSignal.addEventListener('abort', () => {
  for (const sink of sinks) {
    sink.offer(encodeEvent({ retry: retryHint() }))
    sink.end()
  }
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

/** A body of Server-Sent Events: `run` sends until it ends or the sink's signal aborts. */
export function streamEvents(run: (sink: EventSink) => Promise<void>): ReadableStream<Uint8Array> {
  const over = new AbortController()
  let makeRoom: (() => void) | undefined
  let sink: EventSink | undefined
  const leave = () => {
    if (sink) sinks.delete(sink)
    over.abort()
    makeRoom?.()
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const heldChunks = () => OFFERED_CHUNKS - (controller.desiredSize ?? 0)
        async function taken(left = 0): Promise<void> {
          while (heldChunks() > left && !over.signal.aborted) {
            await new Promise<void>((resolve) => {
              makeRoom = resolve
            })
          }
        }
        sink = {
          signal: over.signal,
          taken,
          async write(chunk) {
            await taken(WRITTEN_CHUNKS - 1)
            if (!over.signal.aborted) controller.enqueue(chunk)
          },
          offer(chunk) {
            if (over.signal.aborted) return
            if (heldChunks() < OFFERED_CHUNKS) return controller.enqueue(chunk)
            leave()
            controller.error(new Error('the reader was too slow'))
          },
          end() {
            if (over.signal.aborted) return
            leave()
            controller.close()
          },
        }
        const { end } = sink
        if (closingSignal.aborted) {
          sink.offer(encodeEvent({ retry: retryHint() }))
          return end()
        }
        sinks.add(sink)
        run(sink).then(end, (error: unknown) => {
          log.warn({ err: error }, 'a stream ended early')
          end()
        })
      },
      pull() {
        makeRoom?.()
      },
      cancel: leave,
    },
    new CountQueuingStrategy({ highWaterMark: OFFERED_CHUNKS }),
  )
}
