import type { Query, QueryClient } from '@tanstack/react-query'
import { ApiProblem, isWriting } from '@/lib/api-client'
import { serverAnswers } from '../server-answers'
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
  /** When it was heard, in milliseconds by a clock that nobody sets. */
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
  /** What others changed is not shown while somebody types, or is again. */
  readonly onHeldBack: (heldBack: boolean) => void
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
/** A write that is not answered for so long holds nothing back any more. */
const WRITING = 3000
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
  let held = 0
  let failed = Number.NEGATIVE_INFINITY
  let asking = false
  let reload = false
  let refreshed = false

  function lookSoon(wait = GATHER) {
    timer ??= setTimeout(look, Math.max(wait, looked + APART - performance.now()))
  }

  function hear(cursor: string, change?: HeardChange) {
    const at = performance.now()
    heard.push({ cursor, at, ...(change && { change }) })
    if (heard.length > MANY) heard = [{ cursor, at }]
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
    if (isWriting() && held < WRITING) {
      held += GATHER
      return lookSoon()
    }
    held = 0
    looked = performance.now()
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
    const rests = error !== null && performance.now() < (asked.get(query) ?? 0) + AFTER_FAILURE
    // behind a dialog that asks about its rows a list stands still
    const inQuestion = isAsking() && !path.endsWith('/counts')
    if (fetchStatus === 'idle' && !rests && !inQuestion) void readAnew(query)
    return true
  }

  function lacksInView(query: Query, concern: Concern): boolean {
    const { data, error } = query.state
    // what is gone has nothing more to show
    if (error instanceof ApiProblem && error.status === 404) return false
    const { as_of: asOf } = (data ?? {}) as { as_of?: string }
    if (asOf !== undefined) return lacks(asOf, concern)
    // it is on its way, and may have been read before
    return heard.some(({ change }) => !change || isConcerned(concern, change))
  }

  async function readAnew(query: Query) {
    const before = query.state.data
    asked.set(query, performance.now())
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
    const needed = page !== null && (reload || lacks(page.asOf, page.concern))
    const busy = needed && typing.isBusy()
    screen.onHeldBack(busy)
    if (needed && !busy && !asking && !screen.isRefreshing()) void drawAnew()
    return needed
  }

  async function drawAnew() {
    if (performance.now() < failed + AFTER_FAILURE) return
    asking = true
    const answers = await serverAnswers()
    asking = false
    if (over.signal.aborted || typing.isBusy()) return
    if (!answers) {
      failed = performance.now()
      return
    }
    reload = false
    refreshed = true
    screen.refresh()
  }

  const forgetDrawn = onDrawn(() => {
    typing.forget()
    if (refreshed) marks.take()
    refreshed = false
    lookSoon()
  })
  const forgetViews = client.getQueryCache().subscribe(({ type }) => {
    if ((type === 'added' || type === 'observerAdded') && heard.length > 0) lookSoon()
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
