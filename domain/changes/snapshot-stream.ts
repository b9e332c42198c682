import 'server-only'
import type { Call } from '@/lib/call'
import { readClock } from '@/lib/clock'
import { formatCursor } from '@/lib/cursor'
import { type EventSink, encodeEvent, HEARTBEAT_MS, RETRY_MS } from '@/lib/http/event-stream'
import { tails } from './tail'

/**
 * Opens a stream of what `read` answers about a mentor: at once, and again after every change of the mentor that makes a
 * difference to it. What changes with the clock alone, such as a certification that expires, is told as well, within about
 * a minute. Its ids are cursors of the feed, no later than the state they come with. Throws what `read` throws, before
 * anything is sent; a mentor that is erased later ends the stream.
 */
export async function followMentor(
  call: Call,
  mentorId: string,
  read: () => Promise<string>,
): Promise<(sink: EventSink) => Promise<void>> {
  const { org } = call.caller
  const bell = makeBell()
  let lost = false
  const { position, stop } = await tails.subscribe(org, {
    hear: ({ change }) => {
      if (change.mentor_id === mentorId) bell.ring()
    },
    lose: () => {
      lost = true
      bell.ring()
    },
  })
  try {
    const [first, cursor] = [await read(), await formatCursor(position)]
    return (sink) => send(sink).finally(stop)

    async function send(sink: EventSink): Promise<void> {
      sink.signal.addEventListener('abort', bell.ring, { once: true })
      await sink.write(encodeEvent({ retry: RETRY_MS, id: cursor, event: 'snapshot', json: first }))
      let sent = first
      let minute = minuteNow()
      const beat = setInterval(() => {
        sink.offer(encodeEvent({ comment: 'still here' }))
        if (minuteNow() !== minute) bell.ring()
      }, HEARTBEAT_MS).unref()
      try {
        for (;;) {
          await bell.heard()
          if (sink.signal.aborted || lost) return
          minute = minuteNow()
          // before the reading: whatever it has told of is then in what is read
          const id = (await tails.cursorOf(org)) ?? cursor
          const state = await read()
          if (state !== sent) await sink.write(encodeEvent({ id, event: 'snapshot', json: state }))
          sent = state
        }
      } finally {
        clearInterval(beat)
      }
    }
  } catch (error) {
    stop()
    throw error
  }
}

function minuteNow(): string {
  return readClock().slice(0, 16)
}

interface Bell {
  readonly ring: () => void
  /** Resolves once it has rung since it was last heard; however often it did. */
  readonly heard: () => Promise<void>
}

function makeBell(): Bell {
  let rung = false
  let tell: (() => void) | undefined
  return {
    ring() {
      rung = true
      tell?.()
    },
    async heard() {
      if (!rung) {
        await new Promise<void>((resolve) => {
          tell = resolve
        })
      }
      rung = false
      tell = undefined
    },
  }
}
