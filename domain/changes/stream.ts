import 'server-only'
import type { Call } from '@/lib/call'
import { comparePositions, currentCursor, formatCursor, type Position, requirePosition } from '@/lib/cursor'
import { pool } from '@/lib/db'
import { heartbeatMs } from '@/lib/env'
import { invalid } from '@/lib/errors'
import { type EventSink, encodeEvent, retryHint } from '@/lib/http/event-stream'
import { readFeedPage } from './feed-queries'
import { type FeedChange, type FeedFilters, feedCursor, type StreamQuery } from './feed-schema'
import { eventOf, type Heard, type TailListener, tails } from './tail'

const PAGE = 200
// whoever catches up more slowly than so much happens will not catch up
const HELD = 10_000

/**
 * Opens the stream of changes after `Last-Event-ID`, or `since`, or from now on. Throws `reload_required` as the feed does,
 * and 400 for a `Last-Event-ID` that is no cursor, before anything is sent.
 */
export async function openChangeStream(
  call: Call,
  query: StreamQuery,
  lastEventId: string | null,
): Promise<(sink: EventSink) => Promise<void>> {
  const since = lastEventId || query.since
  if (since !== undefined && !feedCursor.safeParse(since).success) {
    throw invalid('Last-Event-ID', 'Expected the id of an event of this stream, unchanged')
  }
  const from = await requirePosition(since ?? (await currentCursor()))
  // asked once before the stream begins: what cannot be told is a problem document. From now on everything can
  if (since !== undefined) await readFeedPage(pool(), call, from, query, 1)
  return (sink) => send(sink, call, query, from)
}

async function send(sink: EventSink, call: Call, filters: FeedFilters, from: Position): Promise<void> {
  const { org } = call.caller
  await sink.write(encodeEvent({ retry: retryHint(), id: await formatCursor(from) }))
  const listener = listen(sink, filters, from)
  const { position, stop } = await tails.subscribe(org, listener)
  sink.signal.addEventListener('abort', stop, { once: true })
  if (sink.signal.aborted) return stop()
  await catchUp(sink, call, filters, from, position)
  await listener.begin()
  // it may have left while it caught up
  if (sink.signal.aborted) return
  const beat = setInterval(() => void sendBeat(sink, org, from), heartbeatMs()).unref()
  await ended(sink.signal)
  clearInterval(beat)
}

/** What happened until the position from which on everything is heard. */
async function catchUp(sink: EventSink, call: Call, filters: FeedFilters, from: Position, until: Position) {
  let at = from
  while (!sink.signal.aborted && comparePositions(at, until) < 0) {
    const page = await readFeedPage(pool(), call, at, filters, PAGE)
    for (const fed of page.changes) {
      if (comparePositions(fed.at, until) <= 0) await sink.write(await eventOf(fed.at, fed.change))
    }
    if (!page.more) return
    at = page.next
  }
}

interface Listening extends TailListener {
  /** Sends what was heard meanwhile, as fast as it is taken, and then everything at once. */
  readonly begin: () => Promise<void>
}

function listen(sink: EventSink, filters: FeedFilters, from: Position): Listening {
  let held: Heard[] | null = []
  return {
    hear(heard) {
      // a reader may be ahead of what all have been told
      if (comparePositions(heard.at, from) <= 0 || !matches(heard.change, filters)) return
      if (!held) return sink.offer(heard.event)
      held.push(heard)
      if (held.length > HELD) sink.end()
    },
    lose: () => sink.end(),
    async begin() {
      for (let next = held?.shift(); next && !sink.signal.aborted; next = held?.shift()) {
        await sink.write(next.event)
      }
      held = null
    },
  }
}

function matches(change: FeedChange, { mentor_id, kind }: FeedFilters): boolean {
  if (mentor_id !== undefined && change.mentor_id !== mentor_id) return false
  const [type, action] = kind?.split('.') ?? []
  return (type === undefined || change.type === type) && (action === undefined || change.action === action)
}

/** Moves the reader's cursor on as well: what it filters out need not be looked through again. Never back. */
async function sendBeat(sink: EventSink, org: string, from: Position): Promise<void> {
  const told = tails.positionOf(org)
  const ahead = told && comparePositions(told, from) > 0
  // without the database it is told all the same that the stream is there
  const id = ahead ? await formatCursor(told).catch(() => undefined) : undefined
  sink.offer(encodeEvent({ comment: 'still here', ...(id !== undefined && { id }) }))
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
