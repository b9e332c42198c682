'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useFormatter, useTimeZone, useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { PutCertification, RenewalResults } from '@/domain/certifications/schema'
import { callApi } from '@/lib/api-client'
import { formatDate } from '@/lib/i18n/format'
import { useNow } from '../clock'
import { sendEach } from '../list/send-each'
import type { RowResult, SendChunk } from '../list/send-in-chunks'
import type { Bulk } from '../list/use-bulk'
import { useProblemToast, useRefusalWords } from '../problem'
import { lazyDialog } from '../ui/lazy-dialog'
import { toast } from '../ui/toast'
import { VIEWS } from '../use-view'
import { proposeRenewal, type Renewable, type RenewalChoice, renewedDates } from './renewal-dates'

const RenewalDialog = lazyDialog(() => import('./renewal-dialog').then((loaded) => loaded.default))

/** A certification whose new last day is chosen. */
export interface ChosenRenewal {
  readonly id: string
  readonly name: string
  readonly row: Renewable
  readonly lastDay: string
  readonly dates: { readonly issued_at: string; readonly expires_at: string }
}

interface Choosing {
  readonly rows: readonly Renewable[]
  readonly leftOut: number
  readonly choice: RenewalChoice
  /** Why the last attempt was refused: what had been chosen is kept. */
  readonly refusal: unknown
}

interface Options {
  /** Of the screen, which shows its `BulkResults`: several are renewed by it, and every undo goes through it. */
  readonly bulk: Bulk
  /** These are being renewed: show so at once. */
  readonly onLeave: (ids: readonly string[]) => void
  /** These were refused, or not sent: show them as they were. */
  readonly onReturn: (ids: readonly string[]) => void
  /** These are renewed, or their renewal is taken back; the views are read anew. */
  readonly onDone?: (ids: readonly string[]) => void
}

/**
 * Renews certifications from any screen: `open(rows)` shows where each choice leads before anything is saved, `dialog`
 * belongs anywhere in the screen. One that is refused opens the dialog again with what was chosen; of several, `bulk`
 * reports who was not renewed and why. A renewal that lifted a pause cannot be taken back, so it offers no Undo.
 */
export function useRenewal({ bulk, onLeave, onReturn, onDone }: Options): {
  readonly open: (rows: readonly Renewable[], leftOut?: number) => void
  readonly dialog: ReactNode
} {
  const t = useTranslations()
  const format = useFormatter()
  const client = useQueryClient()
  const now = useNow()
  const timeZone = useTimeZone() ?? 'UTC'
  const report = useProblemToast()
  const wordsOf = useRefusalWords()
  const [choosing, setChoosing] = useState<Choosing | null>(null)
  const isOpen = useRef(false)
  // of what was renewed: taking it back must not undo what somebody else has done since
  const versions = useRef(new Map<string, number>())

  useEffect(() => {
    isOpen.current = choosing !== null
  }, [choosing])

  const renewOne = useMutation({
    mutationFn: ({ chosen }: { chosen: ChosenRenewal; from: Choosing }) =>
      putDates(chosen.row, { ...chosen.dates, status: 'valid' }, chosen.row.version),
    onMutate: ({ chosen }) => onLeave([chosen.id]),
    onSuccess({ etag }, { chosen }) {
      versions.current.set(chosen.id, versionOf(etag))
      toast.success(t('toasts.renewed', { name: chosen.name, date: formatDate(format, chosen.lastDay) }), {
        ...(isReversible(chosen) && { action: { label: t('actions.undo'), onClick: () => takeBack([chosen]) } }),
      })
      onDone?.([chosen.id])
      return client.invalidateQueries({ queryKey: [VIEWS] })
    },
    onError(error, { chosen, from }) {
      onReturn([chosen.id])
      // what is being chosen for others meanwhile stays open
      if (isOpen.current) report(error)
      else setChoosing({ ...from, refusal: error })
    },
  })

  const sendMany: SendChunk<ChosenRenewal> = async (rows, { idempotencyKey }) => {
    const renewals = rows.map(({ id, row, dates }) => ({ certification_id: id, version: row.version, ...dates }))
    const { body } = await callApi<RenewalResults>('/api/v1/certifications/renewals', {
      method: 'POST',
      idempotencyKey,
      body: { renewals },
    })
    return body.results.map((result, index): RowResult => {
      const name = rows[index]?.name ?? result.certification_id
      if (result.version !== undefined) versions.current.set(result.certification_id, result.version)
      return { id: result.certification_id, name, outcome: result.outcome, ...whyOf(result.code) }
    })
  }

  const sendBack: SendChunk<ChosenRenewal> = (rows, call) =>
    sendEach(
      rows,
      call,
      ({ id, row }, { idempotencyKey }) => {
        const { issued_at, expires_at } = row
        return putDates(row, { issued_at, expires_at }, versions.current.get(id) ?? row.version, idempotencyKey)
      },
      wordsOf,
    )

  function whyOf(code: string | undefined): { why?: string } {
    return code === undefined ? {} : { why: wordsOf(code) }
  }

  function told(results: readonly RowResult[]): void {
    const refused = results.filter(({ outcome }) => outcome === 'refused').map(({ id }) => id)
    const done = results.filter(({ outcome }) => outcome !== 'refused').map(({ id }) => id)
    if (refused.length > 0) onReturn(refused)
    if (done.length > 0) onDone?.(done)
  }

  function takeBack(chosen: readonly ChosenRenewal[]): void {
    bulk.run({
      rows: chosen,
      send: sendBack,
      told: (count) => t('renewal.takenBack', { count }),
      onAnswer: (results) => onDone?.(results.filter(({ outcome }) => outcome === 'done').map(({ id }) => id)),
    })
  }

  function renew(chosen: readonly ChosenRenewal[], from: Choosing): void {
    setChoosing(null)
    const [only] = chosen
    if (only && from.rows.length === 1) {
      renewOne.mutate({ chosen: only, from })
      return
    }
    onLeave(chosen.map(({ id }) => id))
    bulk.run({
      rows: chosen,
      leftOut: from.leftOut,
      send: sendMany,
      told: (count) => t('renewal.renewedMany', { count }),
      ...(chosen.every(isReversible) && { undo: takeBack }),
      onAnswer: told,
      onEnd: ({ unsent }) => onReturn(unsent.map(({ id }) => id)),
    })
  }

  return {
    open: (rows, leftOut = 0) => setChoosing({ rows, leftOut, choice: proposeRenewal(rows), refusal: null }),
    dialog: choosing && (
      <RenewalDialog
        rows={choosing.rows}
        leftOut={choosing.leftOut}
        choice={choosing.choice}
        refusal={choosing.refusal}
        onChange={(choice) => setChoosing({ ...choosing, choice })}
        onClose={() => setChoosing(null)}
        onRenew={(planned) =>
          renew(
            planned.map(({ row, lastDay }) => ({
              id: row.certification_id,
              name: row.full_name,
              row,
              lastDay,
              dates: renewedDates(lastDay, now, timeZone),
            })),
            choosing,
          )
        }
      />
    ),
  }
}

function putDates(row: Renewable, body: object, version: number, idempotencyKey?: string) {
  return callApi<PutCertification>(`/api/v1/certifications/${row.certification_id}`, {
    method: 'PUT',
    body,
    ifMatch: `"${version}"`,
    ...(idempotencyKey && { idempotencyKey }),
  })
}

function isReversible({ row }: ChosenRenewal): boolean {
  return !row.auto_pause_applied
}

/** An ETag is `"version.hash"`. */
function versionOf(etag: string | null): number {
  return Number(/^"(\d+)/.exec(etag ?? '')?.[1] ?? 0)
}
