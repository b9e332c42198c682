import { expect, vi } from 'vitest'
import type { Api } from './harness'

export interface StreamedEvent {
  readonly id: string
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: what the server sends is what the tests are about
  readonly data: any
}

/** A reader of Server-Sent Events that keeps whatever came. */
export interface Stream {
  readonly headers: Headers
  readonly events: readonly StreamedEvent[]
  /** The reader's last event id, as a browser would send it when it comes back. */
  lastEventId(): string
  /** How long the server asks to wait before coming back, in milliseconds. */
  retry(): number | null
  changes(): StreamedEvent['data'][]
  /** Waits for an event with these facts, and returns it. */
  find(facts: object): Promise<StreamedEvent>
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>
  /** Reads no further until the function that it returns is called. */
  hold(): () => void
  close(): Promise<void>
}

export async function openStream(
  api: Pick<Api, 'fetch'>,
  path: string,
  headers: Record<string, string> = {},
): Promise<Stream> {
  const leaving = new AbortController()
  const response = await api.fetch(path, { headers, signal: leaving.signal })
  if (!response.body || response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  const events: StreamedEvent[] = []
  let lastEventId = ''
  let retry: number | null = null
  let held = Promise.resolve()
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const ended = (async () => {
    let rest = ''
    for (;;) {
      await held
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + value).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)))
        lastEventId = fields.id ?? lastEventId
        if (fields.retry !== undefined) retry = Number(fields.retry)
        if (fields.data !== undefined) {
          events.push({ id: lastEventId, event: fields.event ?? 'message', data: JSON.parse(fields.data) })
        }
      }
    }
  })().catch(() => {}) // it was left
  return {
    headers: response.headers,
    events,
    lastEventId: () => lastEventId,
    retry: () => retry,
    changes: () => events.map(({ data }) => data),
    ended,
    find: (facts) =>
      vi.waitFor(
        () => {
          const found = events.find(({ data }) => {
            try {
              expect(data).toMatchObject(facts)
              return true
            } catch {
              return false
            }
          })
          if (!found) throw new Error(`no event with ${JSON.stringify(facts)} among ${JSON.stringify(events)}`)
          return found
        },
        { timeout: 40_000, interval: 20 },
      ),
    hold() {
      let goOn = () => {}
      held = new Promise((resolve) => {
        goOn = resolve
      })
      return goOn
    },
    async close() {
      leaving.abort()
      await reader.cancel().catch(() => {})
      await ended
    },
  }
}
