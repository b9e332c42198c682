import { Undo2 } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { Time } from '@/components/time'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { DuplicateReceiptRow, DuplicateReceiptsQuery } from '@/domain/duplicate-events/review-schema'
import { useActorText } from '../actor-text'
import { decidedHref } from './decided-address'

interface Props {
  rows: readonly DuplicateReceiptRow[]
  query: DuplicateReceiptsQuery
  /** Just now and here. */
  takenBack: ReadonlySet<string>
  rowAttributes: (id: string) => ComponentProps<'tr'>
  onUndo: (id: string) => void
}

export function DecidedTable({ rows, query, takenBack, rowAttributes, onUndo }: Props) {
  const t = useTranslations()
  const format = useFormatter()
  const actorText = useActorText()
  const descending = query.sort === '-decided_at'
  const columns: Column<DuplicateReceiptRow>[] = [
    {
      id: 'draft',
      header: t('duplicates.draft'),
      role: 'lead',
      cell: (row) => (
        <span className="block min-w-0">
          <Link
            href={`/duplicates/receipts/${row.receipt_id}` as Route}
            className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
          >
            {row.title ?? t('duplicates.untitled')}
          </Link>
          <span className="block font-normal text-muted text-xs">
            {row.mentor_name}
            {row.other_mentor_id !== null && row.other_mentor_id !== row.mentor_id && (
              <> · {row.other_mentor_name ?? row.other_mentor_id}</>
            )}{' '}
            · <Time value={row.date} as="date" />
          </span>
        </span>
      ),
    },
    {
      id: 'resolution',
      header: t('duplicates.decision'),
      cell: (row) => (
        <span className="block @4xl:max-w-72 [overflow-wrap:anywhere]">
          {t(`status.resolution.${row.resolution}`)}
          {row.annotation && (
            <span className="mt-0.5 block border-control border-l-2 pl-2 text-muted text-xs">{row.annotation}</span>
          )}
        </span>
      ),
    },
    {
      id: 'countable',
      header: (
        <>
          {t('batch.countableColumn')} <span className="font-normal text-xs">{t('batch.notOfficial')}</span>
        </>
      ),
      align: 'end',
      cell: (row) => (
        <span className="tabular">{format.number(row.countable_change, { signDisplay: 'exceptZero' })}</span>
      ),
    },
    {
      id: 'decided',
      header: t('decided.when'),
      sort: {
        href: decidedHref(query, { sort: descending ? 'decided_at' : '-decided_at', page: 1 }),
        order: descending ? 'descending' : 'ascending',
      },
      cell: (row) => (
        <span className="block">
          <Time value={row.decided_at} as="moment" />
          <span className="block text-muted text-xs">
            {actorText(row.decided_by)}
            {row.batch_id !== null && (
              <>
                {', '}
                <Link
                  href={`/duplicates/batches/${row.batch_id}` as Route}
                  className="text-accent underline-offset-4 hover:underline"
                >
                  {t('decided.together')}
                </Link>
              </>
            )}
          </span>
        </span>
      ),
    },
    {
      id: 'standing',
      header: t('fields.state'),
      cell: (row) => <Standing row={row} now={takenBack.has(row.receipt_id)} onUndo={onUndo} />,
    },
  ]
  return (
    <DataTable
      caption={t('decided.caption')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.receipt_id}
      rowProps={(row) => rowAttributes(row.receipt_id)}
    />
  )
}

interface StandingProps {
  row: DuplicateReceiptRow
  /** Taken back just now; the server has not said so yet. */
  now: boolean
  onUndo: (id: string) => void
}

/** Whether the decision stands, and the way back where there is one. */
function Standing({ row, now, onUndo }: StandingProps) {
  const t = useTranslations()
  const actorText = useActorText()
  if (now || row.undone_at !== null) {
    return (
      <span className="flex flex-col items-start gap-1">
        <Badge icon={Undo2}>{t('batch.outcomes.undone')}</Badge>
        {row.undone_at !== null && row.undone_by !== null && (
          <span className="text-muted text-xs">
            <Time value={row.undone_at} as="moment" />, {actorText(row.undone_by)}
          </span>
        )}
      </span>
    )
  }
  // a merge is of two: where the other one is named no more, they have been erased
  const erased = row.other_mentor_id === null && (row.resolution === 'merge' || row.resolution === 'co_led')
  if (!row.undoable) {
    return <span className="text-muted text-xs">{t(`decided.${erased ? 'erased' : 'movedOn'}`)}</span>
  }
  return (
    <Button
      size="small"
      className="noscript:hidden print:hidden"
      aria-label={t('decided.undoOf', { title: row.title ?? t('duplicates.untitled'), name: row.mentor_name })}
      onClick={() => onUndo(row.receipt_id)}
    >
      <Undo2 aria-hidden />
      {t('actions.undo')}
    </Button>
  )
}
