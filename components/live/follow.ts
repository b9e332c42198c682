import type { Query, QueryClient } from '@tanstack/react-query'
import { isWriting } from '@/lib/api-client'
import { VIEWS } from '../use-view'
import { cursorOf, shows, showsAllUpTo } from './as-of'
import { type Concern, concernOf, type HeardChange, isConcerned } from './concern'
import { drawnPage, onDrawn } from './drawn'
import { watchLists } from './lists'
import { watchChanges } from './marks'
import { shareStream } from './shared-stream'
import { isAsking, watchTyping } from './typing'

/** What has been told, until everything shows it; without a change: everything up to there. */
interface Heard {
  readonly cursor: string
  /** When it was heard, in milliseconds by the browser's clock. */
  readonly at: number
  readonly change?: HeardChange
}

interface Screen {
  readonly client: QueryClient
  /** Of the page as it was first drawn. */
  readonly asOf: string
  /** Has the server draw the page anew. */
  readonly refresh: () => void
  readonly isRefreshing: () => boolean
  readonly onConnection: (live: boolean) => void
  /** So many rows have been marked. */
  readonly onMarked: (count: number) => void
  /** What is said beside a row that is no longer in its list. */
  readonly goneNote: string
}

/** Changes come in crowds: a command writes several, and its own answer is read anew at the same time. */
const GATHER = 100
const APART = 600
const AFTER_FAILURE = 5000
/** A page may have been read before a change and be drawn after it. */
const REMEMBERED = 10_000
/** An answer that does not say when it was read may be as old as this when it comes. */
const UNDERWAY = 1000
const MANY = 500

/** Keeps what is shown up to date with what others change. Answers how to stop. */
export function follow(screen: Screen): () => void {
  const { client } = screen
  const over = new AbortController()
  const typing = watchTyping(over.signal)
  const lists = watchLists(client, screen.goneNote)
  const marks = watchChanges(screen.onMarked)
  /** When a view was last asked for here. */
  const asked = new WeakMap<Query, number>()
  let heard: Heard[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let looked = 0
  let reload = false
  let refreshed = false

  function lookSoon(wait = GATHER) {
    timer ??= setTimeout(look, Math.max(wait, looked + APART - Date.now()))
  }

  function hear(cursor: string, change?: HeardChange) {
    heard.push({ cursor, at: Date.now(), ...(change && { change }) })
    if (heard.length > MANY) heard = [{ cursor, at: Date.now() }]
    lookSoon()
  }

  /** Whether something is missing in what was read at `asOf`. */
  function lacks(asOf: string, concern: Concern): boolean {
    return heard.some(({ cursor, change }) =>
      change ? isConcerned(concern, change) && !shows(asOf, cursor) : !showsAllUpTo(asOf, cursor),
    )
  }

  function look() {
    timer = undefined
    // nobody sees it, or the answer to what is being done here is on its way
    if (document.hidden) return
    if (isWriting()) return lookSoon()
    looked = Date.now()
    const waiting = client
      .getQueryCache()
      .findAll({ queryKey: [VIEWS] })
      .filter(needsMore)
    if (needsDrawing() || waiting.length > 0) lookSoon(APART)
    else heard = heard.filter(({ at }) => at > looked - REMEMBERED)
  }

  /** Has a view read anew if it lacks something. Whether it still does. */
  function needsMore(query: Query): boolean {
    const [, path] = query.queryKey as [string, string]
    if (!lacksInView(query, concernOf(path))) return false
    if (!query.isActive()) {
      query.invalidate()
      return false
    }
    const { error, fetchStatus } = query.state
    const rests = error !== null && (asked.get(query) ?? 0) > Date.now() - AFTER_FAILURE
    // behind a dialog that asks about its rows a list stands still
    const inQuestion = isAsking() && !path.endsWith('/counts')
    if (fetchStatus === 'idle' && !rests && !inQuestion) void readAnew(query)
    return true
  }

  function lacksInView(query: Query, concern: Concern): boolean {
    const { data, dataUpdatedAt } = query.state
    const { as_of: asOf } = (data ?? {}) as { as_of?: string }
    if (asOf !== undefined) return lacks(asOf, concern)
    const since = asked.get(query) ?? dataUpdatedAt - UNDERWAY
    return heard.some(({ at, change }) => at >= since && (!change || isConcerned(concern, change)))
  }

  async function readAnew(query: Query) {
    const before = query.state.data
    asked.set(query, Date.now())
    await client.refetchQueries({ queryKey: query.queryKey, exact: true })
    // it has been read and not yet been drawn
    if (query.state.data === before || over.signal.aborted) return
    lists.keep(query, before)
    const settle = lists.steady()
    marks.expect(() => {
      lists.label()
      settle()
    })
  }

  /** Has the page drawn anew if it lacks something. Whether it still does. */
  function needsDrawing(): boolean {
    const page = drawnPage()
    if (!page || !(reload || lacks(page.asOf, page.concern))) return false
    if (!screen.isRefreshing() && !typing.isBusy()) {
      reload = false
      refreshed = true
      screen.refresh()
    }
    return true
  }

  const forgetDrawn = onDrawn(() => {
    typing.forget()
    if (refreshed) marks.take()
    refreshed = false
    lookSoon()
  })
  const forgetViews = client.getQueryCache().subscribe(({ type }) => {
    if (type === 'added' && heard.length > 0) lookSoon()
  })
  document.addEventListener('visibilitychange', () => lookSoon(), { signal: over.signal })

  const leave = shareStream(cursorOf(screen.asOf), (message) => {
    if (message.kind === 'state') screen.onConnection(message.live)
    else if (message.kind === 'change') hear(message.cursor, message.change)
    else if (message.kind === 'upTo') hear(message.cursor)
    else {
      heard = []
      reload = true
      void client.invalidateQueries({ queryKey: [VIEWS] })
      lookSoon()
    }
  })

  return () => {
    over.abort()
    clearTimeout(timer)
    leave()
    forgetDrawn()
    forgetViews()
    lists.stop()
    marks.stop()
  }
}
