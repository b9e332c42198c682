import { openStream, type StreamMessage } from './change-stream'

type Message = StreamMessage | { readonly kind: 'hello' }

const NAME = 'changes'
/** A tab that holds the stream and does not answer for so long has been put to sleep. */
const PATIENCE = 3000
/** How often whoever is looked at asks whether it is still awake. */
const GREETING = 30_000

/**
 * One stream of changes for all tabs of a browser: a lock chooses the tab that holds it, and tells the others what it
 * hears. When it closes or falls asleep another goes on from the last change heard. Where a browser has no locks (an
 * address without https) each tab has a stream of its own while it is looked at. Answers how to leave.
 */
export function shareStream(since: string | null, hear: (message: StreamMessage) => void): () => void {
  let last = since
  let leave = () => {}

  function receive(message: StreamMessage) {
    if (message.kind !== 'state') last = message.cursor
    hear(message)
  }

  function join() {
    leave = 'locks' in navigator && 'BroadcastChannel' in window ? joinOthers() : goAlone()
  }

  function joinOthers(): () => void {
    const over = new AbortController()
    const channel = new BroadcastChannel(NAME)
    let close: (() => void) | null = null
    let live = false
    let answered = false

    function tell(message: StreamMessage) {
      if (message.kind === 'state') live = message.live
      channel.postMessage(message)
      receive(message)
    }

    function introduce() {
      if (last !== null) channel.postMessage({ kind: 'upTo', cursor: last } satisfies Message)
      channel.postMessage({ kind: 'state', live } satisfies Message)
    }

    function hold(): Promise<void> {
      return new Promise((resolve) => {
        over.signal.addEventListener('abort', () => resolve())
        if (last !== null) tell({ kind: 'upTo', cursor: last })
        close = openStream(last, tell)
      })
    }

    function apply(options: LockOptions) {
      navigator.locks.request(NAME, options, hold).catch(() => {
        // another tab has taken it over, or this one has left
        close?.()
        close = null
        if (!over.signal.aborted) apply({ signal: over.signal })
      })
    }

    /** What was told before this tab listened is asked for; so is whether there is anybody who tells. */
    function greet() {
      if (close !== null || document.hidden) return
      answered = false
      channel.postMessage({ kind: 'hello' } satisfies Message)
      setTimeout(() => {
        if (!answered && close === null && !document.hidden && !over.signal.aborted) apply({ steal: true })
      }, PATIENCE)
    }

    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'hello') {
        if (close !== null) introduce()
        return
      }
      answered = true
      receive(data)
    }
    document.addEventListener('visibilitychange', greet, { signal: over.signal })
    apply({ signal: over.signal })
    greet()
    const greeting = setInterval(greet, GREETING)
    return () => {
      over.abort()
      clearInterval(greeting)
      close?.()
      channel.close()
    }
  }

  function goAlone(): () => void {
    const over = new AbortController()
    let close: (() => void) | null = null
    function follow() {
      close?.()
      close = document.hidden ? null : openStream(last, receive)
    }
    document.addEventListener('visibilitychange', follow, { signal: over.signal })
    follow()
    return () => {
      over.abort()
      close?.()
    }
  }

  // a page that is kept for going back must not keep the stream with it
  const over = new AbortController()
  addEventListener('pagehide', () => leave(), { signal: over.signal })
  addEventListener('pageshow', ({ persisted }) => persisted && join(), { signal: over.signal })
  join()
  return () => {
    over.abort()
    leave()
  }
}
