'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useProblemToast } from '@/components/problem'
import { toast } from '@/components/ui/toast'
import type { SyncInboxRow, SyncInboxTab } from '@/domain/mentor-status-sync/inbox-schema'
import type { ChangedSyncEvent, PutSyncEventBody } from '@/domain/mentor-status-sync/schema'
import { callApi } from '@/lib/api-client'
import { comeBack, leave, NOTHING_DONE, shownRows, withNote, withoutNote } from './inbox-state'

const KEY = ['sync-event']

interface Turn {
  readonly rows: readonly SyncInboxRow[]
  readonly acknowledged: boolean
  /** Takes an action back: the rows return, and there is nothing further to undo. */
  readonly undo?: boolean
}

interface Failure {
  readonly row: SyncInboxRow
  readonly error: unknown
}

/**
 * The rows of a tab with what is done to them: each change shows at once and is taken back where the server refuses.
 * `onReturn` is told which rows an undo brings back.
 */
export function useInbox(
  rows: readonly SyncInboxRow[],
  tab: SyncInboxTab,
  onReturn: (rows: readonly SyncInboxRow[]) => void,
) {
  const t = useTranslations()
  const router = useRouter()
  const client = useQueryClient()
  const report = useProblemToast()
  const [overlay, setOverlay] = useState(NOTHING_DONE)
  const [failures, setFailures] = useState<ReadonlyMap<string, unknown>>(new Map())

  function refreshWhenIdle() {
    // quick work through a list is one reading anew at its end
    if (client.isMutating({ mutationKey: KEY }) === 1) router.refresh()
  }

  const turn = useMutation({
    mutationKey: KEY,
    async mutationFn({ rows: turned, acknowledged }: Turn): Promise<Failure[]> {
      const results = await Promise.allSettled(turned.map((row) => putEvent(row, { acknowledged })))
      return results.flatMap((result, index) => {
        const row = turned[index]
        return result.status === 'rejected' && row ? [{ row, error: result.reason }] : []
      })
    },
    onMutate({ rows: turned, undo }) {
      setOverlay((before) => (undo ? comeBack(before, turned) : leave(before, turned)))
      setFailures((before) => new Map([...before].filter(([id]) => turned.every((row) => row.sync_event_id !== id))))
    },
    onSuccess(failed, { rows: turned, acknowledged, undo }) {
      const refused = failed.map(({ row }) => row)
      if (failed.length > 0) {
        setOverlay((before) => (undo ? leave(before, refused) : comeBack(before, refused)))
        setFailures(
          (before) => new Map([...before, ...failed.map(({ row, error }) => [row.sync_event_id, error] as const)]),
        )
      }
      const done = turned.filter((row) => !refused.includes(row))
      if (done.length > 0) announce(done, acknowledged, undo)
      if (failed.length === 1) report(failed[0]?.error)
      if (failed.length > 1) {
        toast.error(t('syncInbox.someFailed', { failed: failed.length, count: turned.length }), {
          description: t('syncInbox.someFailedBody'),
          duration: 20_000,
        })
      }
    },
    onSettled: refreshWhenIdle,
  })

  function announce(done: readonly SyncInboxRow[], acknowledged: boolean, undo: boolean | undefined) {
    const count = done.length
    if (undo) {
      toast.success(
        acknowledged ? t('syncInbox.acknowledgedAgain', { count }) : t('syncInbox.unacknowledged', { count }),
      )
      return
    }
    toast.success(acknowledged ? t('toasts.acknowledged', { count }) : t('syncInbox.unacknowledged', { count }), {
      action: {
        label: t('actions.undo'),
        onClick() {
          turn.mutate({ rows: done, acknowledged: !acknowledged, undo: true })
          onReturn(done)
        },
      },
    })
  }

  const note = useMutation({
    mutationKey: KEY,
    mutationFn: ({ row, text }: { row: SyncInboxRow; text: string | null }) =>
      putEvent(row, { reason: text }, `"${row.version}"`),
    onMutate: ({ row, text }) => setOverlay((before) => withNote(before, row, text)),
    onSuccess(_, { text }) {
      toast.success(t(text === null ? 'syncInbox.noteRemoved' : 'syncInbox.noteSaved'))
    },
    onError: (_, { row }) => setOverlay((before) => withoutNote(before, row)),
    onSettled: refreshWhenIdle,
  })

  return { shown: shownRows(rows, overlay, tab), failures, turn: turn.mutate, writeNote: note.mutate }
}

async function putEvent(row: SyncInboxRow, body: PutSyncEventBody, ifMatch?: string): Promise<void> {
  await callApi<ChangedSyncEvent>(`/api/v1/mentor-status-sync/events/${row.sync_event_id}`, {
    method: 'PUT',
    body,
    ...(ifMatch && { ifMatch }),
  })
}
