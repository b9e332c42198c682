'use client'

import { RotateCcw, Trash2 } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Time } from '@/components/time'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { FailedEvent } from '@/domain/duplicate-events/failed-schema'
import { useMove } from '../[eventId]/use-decide'
import type { TypeNames } from '../type-names'
import { useRemove } from './use-remove'

/** What could not be carried out, with the way to try it again. */
export function FailedTable({ rows, typeNames }: { rows: readonly FailedEvent[]; typeNames: TypeNames }) {
  const t = useTranslations()
  const { mutate, isPending, variables } = useMove()
  const trying = isPending ? variables.id : null
  const { mutate: remove } = useRemove()
  const columns = useMemo(
    (): readonly Column<FailedEvent>[] => [
      {
        id: 'draft',
        header: t('duplicates.draft'),
        role: 'lead',
        cell: (row) => (
          <span className="block min-w-0">
            <Link
              href={`/duplicates/${row.id}` as Route}
              className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
            >
              {row.title ?? t('duplicates.untitled')}
            </Link>
            <span className="block font-normal text-muted text-xs [overflow-wrap:anywhere]">
              {row.mentor_name} · {typeNames[row.activity_type_id] ?? row.activity_type_id} ·{' '}
              <Time value={row.date} as="date" />
            </span>
          </span>
        ),
      },
      { id: 'what', header: t('failedEvents.what'), cell: (row) => t(`failedEvents.${row.event_type}`) },
      {
        id: 'error',
        header: t('fields.why'),
        cell: (row) => (
          <span className="block text-muted @4xl:max-w-md @4xl:text-xs [overflow-wrap:anywhere]">
            {row.event_type === 'check' && <span className="block">{t('duplicates.other.failedCheck')}</span>}
            <span lang="en">{row.error}</span>
          </span>
        ),
      },
      { id: 'waiting', header: t('duplicates.waiting'), cell: (row) => <Time value={row.dispatched_at} /> },
      {
        id: 'actions',
        header: <span className="sr-only">{t('actions.tryAgain')}</span>,
        role: 'plain',
        cell: (row) => {
          const of = { title: row.title ?? t('duplicates.untitled'), name: row.mentor_name }
          return (
            <span className="flex flex-wrap gap-2 noscript:hidden @4xl:flex-col @4xl:items-start print:hidden">
              <Button
                size="small"
                aria-disabled={trying === row.id}
                aria-label={t('failedEvents.tryAgainOf', of)}
                onClick={() => trying !== row.id && mutate({ id: row.id, to: 'checking' })}
              >
                <RotateCcw aria-hidden />
                {t('actions.tryAgain')}
              </Button>
              {row.event_type === 'merge' && (
                <Button size="small" aria-label={t('failedEvents.removeOf', of)} onClick={() => remove(row.id)}>
                  <Trash2 aria-hidden />
                  {t('failedEvents.remove')}
                </Button>
              )}
            </span>
          )
        },
      },
    ],
    [t, typeNames, trying, mutate, remove],
  )
  return <DataTable caption={t('failedEvents.caption')} columns={columns} rows={rows} rowKey={(row) => row.id} />
}
