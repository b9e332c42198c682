import type { HeardChange } from './concern'

/** What one tab tells the others of the stream. */
export type StreamMessage =
  | { readonly kind: 'change'; readonly cursor: string; readonly change: HeardChange }
  /** Everything up to here has been told. */
  | { readonly kind: 'upTo'; readonly cursor: string }
  /** What lies before here cannot be told: everything has to be read anew. */
  | { readonly kind: 'reload'; readonly cursor: string }
  | { readonly kind: 'state'; readonly live: boolean }

const FEED = '/api/v1/changes'
const LONGEST_WAIT = 15_000
/** A connection may die without a sign: after so long without a word it is opened anew. */
const SILENCE = 120_000

/**
 * Follows the stream of changes after `since`, whatever happens to the connection; null: from now on, with everything to
 * be read anew. Answers how to stop.
 */
export function openStream(since: string | null, tell: (message: StreamMessage) => void): () => void {
  let last = since
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let openings = 0
  const over = new AbortController()
  const { signal } = over

  function wait(milliseconds: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void open(), milliseconds)
  }

  async function open() {
    close()
    if (!navigator.onLine) return
    const opening = ++openings
    try {
      last ??= await begin()
    } catch {
      return fail()
    }
    // it has been closed, or opened once more, meanwhile
    if (signal.aborted || opening !== openings) return
    source = new EventSource(`${FEED}/stream?since=${encodeURIComponent(last)}`)
    source.onopen = () => {
      failures = 0
      wait(SILENCE)
      tell({ kind: 'state', live: true })
    }
    source.onerror = () => {
      tell({ kind: 'state', live: false })
      // as long as it is connecting it comes back by itself, by the last event that it has heard
      if (source?.readyState === EventSource.CLOSED) void findOut()
    }
    source.addEventListener('change', ({ data, lastEventId }: MessageEvent<string>) => {
      last = lastEventId
      wait(SILENCE)
      const { type, id, mentor_id } = JSON.parse(data) as HeardChange
      tell({ kind: 'change', cursor: lastEventId, change: { type, id, mentor_id } })
    })
  }

  async function begin(): Promise<string> {
    const answer = await fetch('/api/v1/views/counts', { cache: 'no-store', signal })
    const cursor = answer.ok && answer.headers.get('changes-cursor')
    if (!cursor) throw new Error(`no cursor: ${answer.status}`)
    tell({ kind: 'reload', cursor })
    return cursor
  }

  /** The stream was refused, and only another request is told why. */
  async function findOut() {
    const answer = await fetch(`${FEED}?limit=1&since=${encodeURIComponent(last ?? '')}`, { signal }).catch(() => null)
    if (answer?.status === 410) last = null
    fail()
  }

  function fail() {
    if (!signal.aborted) wait(Math.min(1000 * 2 ** failures++, LONGEST_WAIT))
  }

  function close() {
    clearTimeout(timer)
    source?.close()
  }

  addEventListener('online', () => void open(), { signal })
  addEventListener(
    'offline',
    () => {
      close()
      tell({ kind: 'state', live: false })
    },
    { signal },
  )
  void open()
  return () => {
    over.abort()
    close()
  }
}
