'use client'

import { onlineManager, useQueryClient } from '@tanstack/react-query'
import { History, RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
  useTransition,
} from 'react'

/** A connection that comes back within so many milliseconds is not worth a word. */
const PATIENCE = 2000
/** How often what has changed is told to those who do not see it, in milliseconds. */
const TOLD_EVERY = 5000

const Late = createContext<'catchingUp' | 'heldBack' | null>(null)

interface Props {
  /** When the page was read that is first shown. */
  asOf: string
  children: ReactNode
}

/** Keeps everything within it up to date with what others change, and reads out how much that was. */
export function Live({ asOf, children }: Props) {
  const t = useTranslations('live')
  const client = useQueryClient()
  const router = useRouter()
  const [first] = useState(asOf)
  const [live, setLive] = useState(false)
  const [late, setLate] = useState(false)
  const [heldBack, setHeldBack] = useState(false)
  const [told, tell] = useTold()
  const [refreshing, startTransition] = useTransition()
  const isRefreshing = useEffectEvent(() => refreshing)
  const start = useEffectEvent((follow: typeof import('./follow').follow) =>
    follow({
      client,
      asOf: first,
      refresh: () => startTransition(() => router.refresh()),
      isRefreshing: () => isRefreshing(),
      onConnection: setLive,
      onHeldBack: setHeldBack,
      onMarked: tell,
      goneNote: t('gone'),
    }),
  )

  useEffect(() => {
    let stop: (() => void) | undefined
    let left = false
    const cancel = whenIdle(() => {
      import('./follow').then(
        ({ follow }) => {
          if (!left) stop = start(follow)
        },
        // without it the page is as it would be without scripts: right when it was drawn
        () => {},
      )
    })
    return () => {
      left = true
      cancel()
      stop?.()
    }
  }, [])

  useEffect(() => {
    if (live) return
    const timer = setTimeout(() => setLate(true), PATIENCE)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [live])

  return (
    <Late value={late ? 'catchingUp' : heldBack ? 'heldBack' : null}>
      {children}
      <p aria-live="polite" className="sr-only">
        {told > 0 && t('updated', { count: told })}
      </p>
    </Late>
  )
}

/** Says while what others change does not come through, or waits. A lost contact is told elsewhere, and says more. */
export function CatchingUp() {
  const t = useTranslations('live')
  const connected = useSyncExternalStore(
    (notify) => onlineManager.subscribe(notify),
    () => onlineManager.isOnline(),
    () => true,
  )
  const late = use(Late)
  if (late === null || !connected) return null
  return (
    <p className="flex shrink-0 items-center gap-1.5 text-muted text-xs print:hidden">
      {late === 'catchingUp' ? (
        <RefreshCw aria-hidden className="size-3.5 animate-spin" />
      ) : (
        <History aria-hidden className="size-3.5" />
      )}
      <span className="sr-only sm:not-sr-only">{t(late)}</span>
    </p>
  )
}

/** A number to be read out, and how to add to it: one sentence for all that happens within a while. */
function useTold(): [number, (count: number) => void] {
  const [told, setTold] = useState(0)
  const state = useRef<{ sum: number; timer: ReturnType<typeof setTimeout> | undefined }>({ sum: 0, timer: undefined })
  useEffect(() => () => clearTimeout(state.current.timer), [])

  function tell() {
    const { sum } = state.current
    setTold(sum)
    state.current = { sum: 0, timer: sum > 0 ? setTimeout(tell, TOLD_EVERY) : undefined }
  }

  function add(count: number) {
    state.current.sum += count
    state.current.timer ??= setTimeout(tell, 500)
  }
  return [told, add]
}

/** Once the page has nothing more urgent to do. Answers how to call it off. */
function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(work, { timeout: 1000 })
    return () => cancelIdleCallback(handle)
  }
  const timer = setTimeout(work, 200)
  return () => clearTimeout(timer)
}
