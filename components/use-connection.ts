'use client'

import { onlineManager, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { ApiProblem, CONTACT_LOST } from '@/lib/api-client'
import { useProblemToast } from './problem'

/** How often a lost server is looked for, in milliseconds. */
const LOOK_EVERY = 2000

/**
 * Whether the server can be reached: not while the browser is offline, nor from a call without an answer until the server
 * answers again. Then everything on the screen is read anew. What a call may not read is told by a toast.
 */
export function useConnection(): boolean {
  const client = useQueryClient()
  const router = useRouter()
  const tell = useProblemToast()
  const connected = useSyncExternalStore(
    (notify) => onlineManager.subscribe(notify),
    () => onlineManager.isOnline(),
    () => true,
  )
  const onRefused = useEffectEvent((error: unknown) => {
    if (error instanceof ApiProblem && (error.code === 'signed_out' || error.code === 'forbidden')) tell(error)
  })

  useEffect(() => {
    const lose = () => onlineManager.setOnline(false)
    if (!navigator.onLine) lose()
    addEventListener(CONTACT_LOST, lose)
    return () => removeEventListener(CONTACT_LOST, lose)
  }, [])

  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') onRefused(event.action.error)
      }),
    [client],
  )

  useEffect(() => {
    if (connected) return
    const timer = setInterval(() => {
      if (navigator.onLine) fetch('/healthz', { cache: 'no-store' }).then(() => onlineManager.setOnline(true), ignore)
    }, LOOK_EVERY)
    return () => {
      clearInterval(timer)
      // queries read anew by themselves, what the server has drawn does not
      if (onlineManager.isOnline()) router.refresh()
    }
  }, [connected, router])

  return connected
}

/** Not there yet: it is looked for again. */
function ignore(): void {}
