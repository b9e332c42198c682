import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { BulkRow, RowResult } from '@/components/list/send-in-chunks'
import type { Bulk } from '@/components/list/use-bulk'
import type { SyncEventType, SyncEventVerdict, SyncEventVerdicts } from '@/domain/mentor-status-sync/schema'
import type { MentorListItem, MentorsView } from '@/domain/mentors/schema'
import { callApi } from '@/lib/api-client'
import { previewStatus, takeBack } from './status-preview'

interface Change {
  readonly rows: readonly BulkRow[]
  readonly event: SyncEventType
  readonly reason: string | null
  readonly leftOut?: number
  /** Nothing was refused, and all was sent. */
  readonly onDone?: (() => void) | undefined
}

/** Pauses or resumes many mentors: shown at once, taken back where the server refuses, with Undo of what was done. */
export function useStatusChange(queryKey: QueryKey, bulk: Bulk): (change: Change) => void {
  const t = useTranslations()
  const client = useQueryClient()
  const update = (next: (view: MentorsView) => MentorsView) =>
    client.setQueryData<MentorsView>(queryKey, (view) => view && next(view))

  function resultOf(row: BulkRow, event: SyncEventType, verdict: SyncEventVerdict): RowResult {
    if (verdict.verdict !== 'applied')
      return { ...row, outcome: 'refused', ...(verdict.detail && { why: verdict.detail }) }
    if (verdict.hand_pause_changed) return { ...row, outcome: 'done' }
    // there was nothing to end by hand, and only a renewal ends the other pause
    const stillPaused = event === 'ResumeMentorEvent' && verdict.resulting_status === 'paused'
    return stillPaused
      ? { ...row, outcome: 'refused', why: t('mentors.needsRenewal') }
      : { ...row, outcome: 'unchanged' }
  }

  return function change({ rows, event, reason, leftOut = 0, onDone }) {
    const pause = event === 'PauseMentorEvent'
    let earlier: readonly MentorListItem[] = []
    bulk.run({
      rows,
      leftOut,
      onSend(sent) {
        // an answer that is on its way knows nothing of this
        void client.cancelQueries({ queryKey })
        update((view) => {
          earlier = view.data
          return previewStatus(view, new Set(sent.map(({ id }) => id)), event)
        })
      },
      async send(chunk, { idempotencyKey }) {
        const events = chunk.map(({ id }) => ({ event_type: event, mentor_id: id, ...(reason && { reason }) }))
        const { body } = await callApi<SyncEventVerdicts>('/api/v1/mentor-status-sync/events/batch', {
          method: 'POST',
          body: { events },
          idempotencyKey,
        })
        return body.results.flatMap((verdict) => {
          const row = chunk[verdict.index]
          return row ? [resultOf(row, event, verdict)] : []
        })
      },
      told: (count) => {
        const [only] = rows
        if (only && rows.length === 1)
          return pause ? t('toasts.paused', { name: only.name }) : t('mentors.resumedOne', { name: only.name })
        return t(pause ? 'mentors.paused' : 'mentors.resumed', { count })
      },
      undo: (done) =>
        change({
          rows: done,
          event: pause ? 'ResumeMentorEvent' : 'PauseMentorEvent',
          reason: pause ? null : t('mentors.resumeTakenBack'),
        }),
      onEnd: ({ refused, unsent }) => {
        const back = new Set([...refused, ...unsent].map(({ id }) => id))
        if (back.size > 0) update((view) => takeBack(view, back, earlier))
        else onDone?.()
      },
    })
  }
}
