import 'server-only'
import { createHash } from 'node:crypto'
import pLimit from 'p-limit'
import type { Call } from '@/lib/call'
import { readClock } from '@/lib/clock'
import { comparePositions, formatCursor } from '@/lib/cursor'
import { heartbeatMs } from '@/lib/env'
import { type EventSink, encodeEvent, retryHint } from '@/lib/http/event-stream'
import { tails } from './tail'

// a change of a mentor whom many follow must leave connections for those who ask and write
const readInTurn = pLimit(3)

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
    let [first, cursor] = [await readInTurn(read), await formatCursor(position)]
    let sent = markOf(first)
    return (sink) => send(sink).finally(stop)

    async function send(sink: EventSink): Promise<void> {
      sink.signal.addEventListener('abort', bell.ring, { once: true })
      await sink.write(encodeEvent({ retry: retryHint(), id: cursor, event: 'snapshot', json: first }))
      // thousands may follow for hours: none of them holds what it has been told
      first = ''
      let minute = minuteNow()
      const beat = setInterval(() => {
        sink.offer(encodeEvent({ comment: 'still here' }))
        if (minuteNow() !== minute) bell.ring()
      }, heartbeatMs()).unref()
      try {
        for (;;) {
          await bell.heard()
          // a slow reader gets the newest state, and none that has passed
          await sink.taken()
          if (sink.signal.aborted || lost) return
          minute = minuteNow()
          await tellNewest(sink)
        }
      } finally {
        clearInterval(beat)
      }
    }

    async function tellNewest(sink: EventSink): Promise<void> {
      // before the reading: whatever it has told of is then in what is read
      const told = tails.positionOf(org)
      if (told && comparePositions(told, position) > 0) cursor = await formatCursor(told)
      const state = await readInTurn(read)
      const mark = markOf(state)
      if (mark !== sent) await sink.write(encodeEvent({ id: cursor, event: 'snapshot', json: state }))
      sent = mark
    }
  } catch (error) {
    stop()
    throw error
  }
}

function markOf(state: string): string {
  return createHash('sha256').update(state).digest('base64')
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
