'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Problem } from '../problem'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import type { Bulk, BulkReport } from './use-bulk'

/** As many as a person would go through one by one. */
const LINES = 100

interface Props {
  bulk: Bulk
  /** Where a row that was not done can be looked at. */
  hrefOf: (id: string) => Route
}

/** What of many rows was not done, who and why, a line each; what was not sent can be sent again. */
export function BulkResults({ bulk, hrefOf }: Props) {
  const t = useTranslations('list')
  const { report, dismiss } = bulk
  if (!report) return null
  const { refused, unsent, retry, undo, error } = report
  const lines = [...refused, ...unsent.map((row) => ({ ...row, why: t('unsentOne') }))]
  const leave = (then: () => void) => {
    dismiss()
    then()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && dismiss()}
      title={t('notAll', { count: lines.length })}
      description={countsOf(report, t)}
      closeLabel={t('closeResults')}
      actions={
        <>
          {undo && <Button onClick={() => leave(undo)}>{t('undoDone', { count: report.done.length })}</Button>}
          {unsent.length > 0 && (
            <Button variant="primary" onClick={() => leave(retry)}>
              {t('retry', { count: unsent.length })}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-4">
        {error !== null && <Problem error={error} />}
        <ul aria-label={t('notDone')} className="divide-y text-sm">
          {lines.slice(0, LINES).map(({ id, name, why }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 py-1.5">
              <Link href={hrefOf(id)} className="min-h-6 text-accent underline-offset-4 hover:underline">
                {name}
              </Link>
              <span className="text-muted">{why}</span>
            </li>
          ))}
        </ul>
        {lines.length > LINES && (
          <p className="text-muted text-sm">{t('moreLines', { count: lines.length - LINES })}</p>
        )}
      </div>
    </Dialog>
  )
}

function countsOf(
  { done, unchanged, leftOut, refused, unsent, error }: BulkReport,
  t: ReturnType<typeof useTranslations<'list'>>,
) {
  return [
    t('doneCount', { count: done.length }),
    unchanged > 0 && t('unchanged', { count: unchanged }),
    refused.length > 0 && t('refused', { count: refused.length }),
    unsent.length > 0 && t(error === null ? 'stoppedBefore' : 'unsent', { count: unsent.length }),
    leftOut > 0 && t('leftOut', { count: leftOut }),
  ]
    .filter((sentence) => sentence !== false)
    .join(' ')
}
