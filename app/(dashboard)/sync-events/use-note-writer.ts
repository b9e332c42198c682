'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { toast } from '@/components/ui/toast'
import { VIEWS } from '@/components/use-view'
import type { SyncInboxRow } from '@/domain/mentor-status-sync/inbox-schema'
import type { ChangedSyncEvent, PutSyncEventBody } from '@/domain/mentor-status-sync/schema'
import { callApi } from '@/lib/api-client'
import { type Turn, targetOf } from './inbox-state'
import type { Inbox } from './use-inbox'
import { useTold } from './use-told'

const KEY = ['sync-event-note']

export interface WrittenNote {
  readonly row: SyncInboxRow
  readonly text: string | null
  /** In one go with the note. */
  readonly acknowledge: boolean
}

/**
 * Writes a note on one event as it was when the writer saw it: a note that somebody else wrote meanwhile is not lost, nor
 * is what `onRefused` is given back.
 */
export function useNoteWriter(
  inbox: Inbox,
  onSaved: (row: SyncInboxRow) => void,
  onRefused: (written: WrittenNote, refusal: unknown) => void,
) {
  const t = useTranslations()
  const told = useTold()
  const client = useQueryClient()
  const { tab, show, hide, turn } = inbox
  const turnOf = ({ text, acknowledge }: WrittenNote): Turn =>
    acknowledge
      ? { effect: 'leave', acknowledged: true, note: text }
      : { effect: 'stay', acknowledged: tab === 'acknowledged', note: text }

  return useMutation({
    mutationKey: KEY,
    async mutationFn({ row, text, acknowledge }: WrittenNote) {
      const body: PutSyncEventBody = { reason: text, ...(acknowledge && { acknowledged: true }) }
      await callApi<ChangedSyncEvent>(`/api/v1/mentor-status-sync/events/${row.sync_event_id}`, {
        method: 'PUT',
        body,
        ifMatch: `"${row.version}"`,
      })
    },
    onMutate: (written) => show([targetOf(written.row)], turnOf(written)),
    onSuccess(_, written) {
      const { row, text, acknowledge } = written
      onSaved(row)
      if (!acknowledge) return toast.success(t(text === null ? 'syncInbox.noteRemoved' : 'syncInbox.noteSaved'))
      toast.success(told.done(turnOf(written), 1), {
        action: {
          label: t('actions.undo'),
          onClick: () => turn([targetOf(row)], { effect: 'return', acknowledged: false, restoreNotes: true }),
        },
      })
    },
    onError(refusal, written, at) {
      if (at !== undefined) hide([targetOf(written.row)], turnOf(written), at)
      onRefused(written, refusal)
    },
    onSettled() {
      // quick work through a list is one reading anew at its end
      if (client.isMutating({ mutationKey: KEY }) === 1) void client.invalidateQueries({ queryKey: [VIEWS] })
    },
  }).mutate
}
