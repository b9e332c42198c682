'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useFormatter, useTimeZone, useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useNow } from '@/components/clock'
import { sendEach } from '@/components/list/send-each'
import type { BulkRow, RowResult, SendChunk } from '@/components/list/send-in-chunks'
import type { Bulk } from '@/components/list/use-bulk'
import { useProblemToast, useRefusalWords } from '@/components/problem'
import { lazyDialog } from '@/components/ui/lazy-dialog'
import { toast } from '@/components/ui/toast'
import { VIEWS } from '@/components/use-view'
import type { PutSnoozeBody } from '@/domain/certifications/schema'
import type { ExpiryWarning } from '@/domain/certifications/warning-schema'
import { callApi } from '@/lib/api-client'
import { localDate } from '@/lib/calendar'
import { formatDate } from '@/lib/i18n/format'
import { instantFromDate } from '@/lib/instant'
import { type SnoozeChoice, SPANS } from './snooze-choice'
import { readOwner, writeOwner } from './snooze-owner'

const SnoozeDialog = lazyDialog(() => import('./snooze-dialog').then((loaded) => loaded.default))

interface Choosing {
  readonly rows: readonly ExpiryWarning[]
  readonly leftOut: number
  readonly choice: SnoozeChoice
  readonly refusal: unknown
}

/** What is to hold for a warning: a snooze, or none. */
interface Turn extends BulkRow {
  readonly warning: ExpiryWarning
  readonly wanted: PutSnoozeBody | null
}

interface Options {
  readonly bulk: Bulk
  /** These leave the tab: show so at once. */
  readonly onLeave: (ids: readonly string[]) => void
  /** These do not leave it after all. */
  readonly onReturn: (ids: readonly string[]) => void
  /** These have been turned; the views are read anew. */
  readonly onDone: (ids: readonly string[]) => void
}

/**
 * Snoozes warnings, changes a snooze and ends it: at once on the screen, with Undo, and taken back with the reason where
 * the server refuses; what was typed is then kept.
 */
export function useSnooze({ bulk, onLeave, onReturn, onDone }: Options): {
  readonly open: (rows: readonly ExpiryWarning[], leftOut?: number) => void
  readonly end: (warning: ExpiryWarning) => void
  readonly dialog: ReactNode
} {
  const t = useTranslations()
  const format = useFormatter()
  const client = useQueryClient()
  const today = localDate(instantFromDate(useNow()), useTimeZone() ?? 'UTC')
  const report = useProblemToast()
  const wordsOf = useRefusalWords()
  const [choosing, setChoosing] = useState<Choosing | null>(null)
  const isOpen = useRef(false)
  // by the rows that it was typed for, until it is saved
  const drafts = useRef(new Map<string, SnoozeChoice>())

  useEffect(() => {
    isOpen.current = choosing !== null
  }, [choosing])

  const turnOne = useMutation({
    mutationFn: ({ turn }: { turn: Turn; from?: Choosing }) => sendTurn(turn),
    onMutate: ({ turn }) => {
      if (leaves(turn)) onLeave([turn.id])
    },
    onSuccess(_, { turn }) {
      onDone([turn.id])
      const { wanted, name } = turn
      if (wanted) drafts.current.delete(turn.id)
      toast.success(
        wanted ? t('snooze.snoozedOne', { name, date: formatDate(format, wanted.until) }) : t('snooze.ended', { name }),
        { action: { label: t('actions.undo'), onClick: () => takeBack([turn]) } },
      )
      return client.invalidateQueries({ queryKey: [VIEWS] })
    },
    onError(error, { turn, from }) {
      onReturn([turn.id])
      // what is being typed for others meanwhile stays open
      if (!from || isOpen.current) report(error)
      else setChoosing({ ...from, refusal: error })
    },
  })

  const sendMany: SendChunk<Turn> = (rows, call) =>
    sendEach(rows, call, (row, { idempotencyKey }) => sendTurn(row, idempotencyKey), wordsOf)

  function told(results: readonly RowResult[]): void {
    const idsOf = (refused: boolean) =>
      results.filter(({ outcome }) => (outcome === 'refused') === refused).map(({ id }) => id)
    onReturn(idsOf(true))
    onDone(idsOf(false))
  }

  /** Puts back what held before. */
  function takeBack(turns: readonly Turn[]): void {
    bulk.run({
      rows: turns.map((turn): Turn => ({ ...turn, wanted: turn.warning.snooze })),
      send: sendMany,
      told: (count) => t('snooze.takenBack', { count }),
      onAnswer: (results) => onDone(results.filter(({ outcome }) => outcome === 'done').map(({ id }) => id)),
    })
  }

  function snooze(from: Choosing): void {
    const wanted = { until: from.choice.until, reason: from.choice.reason.trim(), owner: from.choice.owner.trim() }
    writeOwner(wanted.owner)
    setChoosing(null)
    const turns = from.rows.map((warning) => turnOf(warning, wanted))
    const [only] = turns
    if (only && turns.length === 1) {
      turnOne.mutate({ turn: only, from })
      return
    }
    onLeave(turns.filter(leaves).map(({ id }) => id))
    bulk.run({
      rows: turns,
      leftOut: from.leftOut,
      send: sendMany,
      told: (count) => t('snooze.snoozedMany', { count, date: formatDate(format, wanted.until) }),
      undo: takeBack,
      onAnswer: told,
      onEnd({ refused, unsent }) {
        onReturn(unsent.map(({ id }) => id))
        if (refused.length + unsent.length === 0) drafts.current.delete(draftKey(from.rows))
      },
    })
  }

  return {
    open(rows, leftOut = 0) {
      const [only] = rows.length === 1 ? rows : []
      const fresh = { until: SPANS.fortnight(today), reason: '', owner: readOwner() }
      setChoosing({ rows, leftOut, choice: drafts.current.get(draftKey(rows)) ?? only?.snooze ?? fresh, refusal: null })
    },
    end: (warning) => turnOne.mutate({ turn: turnOf(warning, null) }),
    dialog: choosing && (
      <SnoozeDialog
        rows={choosing.rows}
        leftOut={choosing.leftOut}
        today={today}
        choice={choosing.choice}
        refusal={choosing.refusal}
        onChange={(choice) => {
          drafts.current.set(draftKey(choosing.rows), choice)
          setChoosing({ ...choosing, choice })
        }}
        onClose={() => setChoosing(null)}
        onSnooze={() => snooze(choosing)}
      />
    ),
  }
}

function draftKey(rows: readonly ExpiryWarning[]): string {
  return rows.map((row) => row.certification_id).join()
}

function turnOf(warning: ExpiryWarning, wanted: PutSnoozeBody | null): Turn {
  return { id: warning.certification_id, name: warning.full_name, warning, wanted }
}

/** A changed snooze stays in the tab that it is in. */
function leaves({ warning, wanted }: Turn): boolean {
  return (warning.snooze === null) !== (wanted === null)
}

function sendTurn({ id, wanted }: Turn, idempotencyKey?: string): Promise<unknown> {
  const path = `/api/v1/certifications/${id}/snooze` as const
  const key = idempotencyKey === undefined ? {} : { idempotencyKey }
  return callApi<unknown>(path, wanted ? { method: 'PUT', body: wanted, ...key } : { method: 'DELETE', ...key })
}
