import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type ComponentProps, useMemo } from 'react'
import { Time } from '@/components/time'
import { Checkbox } from '@/components/ui/checkbox'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { DuplicateQueueQuery, DuplicateQueueRow } from '@/domain/duplicate-events/review-schema'
import { queueHref } from './queue-address'
import { Differing, Facts, Score } from './queue-cells'
import type { TypeNames } from './type-names'
import { Why } from './why'

/** What changes about a row while it stands. */
interface RowState {
  readonly chosen: boolean
}

interface Props {
  rows: readonly DuplicateQueueRow[]
  query: DuplicateQueueQuery
  typeNames: TypeNames
  chosen: ReadonlySet<string>
  rowAttributes: (id: string) => ComponentProps<'tr'>
  /** Stays the same function, so that a row is drawn anew only when it changes. */
  onSelect: (id: string, on: boolean) => void
}

/** The drafts that wait, each beside the surest of what it may duplicate. */
export function QueueTable({ rows, query, typeNames, chosen, rowAttributes, onSelect }: Props) {
  const t = useTranslations('duplicates')
  const columns = useColumns(query, typeNames, onSelect)
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowProps={(row) => ({ ...rowAttributes(row.id), 'aria-selected': chosen.has(row.id) })}
      rowState={(row): RowState => ({ chosen: chosen.has(row.id) })}
    />
  )
}

function useColumns(
  query: DuplicateQueueQuery,
  typeNames: TypeNames,
  onSelect: Props['onSelect'],
): readonly Column<DuplicateQueueRow, RowState>[] {
  const t = useTranslations()
  return useMemo(
    () => [
      {
        id: 'select',
        header: <span className="sr-only">{t('duplicateQueue.select')}</span>,
        role: 'select',
        cell: (row, { chosen }) => (
          <span className="noscript:hidden print:hidden">
            <Checkbox
              label={t('duplicateQueue.selectDraft', {
                title: row.draft.title ?? t('duplicates.untitled'),
                name: row.mentor_name,
              })}
              hideLabel
              checked={chosen}
              onChange={(event) => onSelect(row.id, event.target.checked)}
            />
          </span>
        ),
      },
      {
        id: 'draft',
        header: t('duplicates.draft'),
        role: 'lead',
        cell: (row) => (
          <span className="block min-w-0 @4xl:min-w-44">
            <Link
              href={`/duplicates/${row.id}` as Route}
              className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
            >
              {row.draft.title ?? t('duplicates.untitled')}
            </Link>
            <Facts
              fields={row.draft}
              mentor={row.mentor_name}
              differing={row.candidate?.differing ?? []}
              typeNames={typeNames}
            />
          </span>
        ),
      },
      {
        id: 'candidate',
        header: t('duplicates.kept'),
        cell: ({ candidate, candidate_count }) =>
          candidate === null ? (
            <span className="text-muted">{t('duplicates.noCandidate')}</span>
          ) : (
            <span className="block min-w-0 @4xl:min-w-44">
              <span className="[overflow-wrap:anywhere]">{candidate.fields.title ?? t('duplicates.untitled')}</span>
              <Facts
                fields={candidate.fields}
                mentor={candidate.mentor_name}
                differing={candidate.differing}
                typeNames={typeNames}
              />
              {candidate.activity_id === null && (
                <span className="block text-muted text-xs">{t('duplicates.otherDraft')}</span>
              )}
              {candidate_count > 1 && (
                <span className="block text-muted text-xs">{t('duplicates.more', { count: candidate_count - 1 })}</span>
              )}
            </span>
          ),
      },
      {
        id: 'differences',
        header: t('duplicates.differences'),
        cell: ({ candidate }) => candidate && <Differing candidate={candidate} typeNames={typeNames} />,
      },
      {
        id: 'score',
        header: t('fields.score'),
        align: 'end',
        sort: sortBy(query, 'probability', 'descending'),
        cell: ({ probability }) => <Score probability={probability} />,
      },
      {
        id: 'why',
        header: t('fields.why'),
        cell: ({ candidate }) =>
          candidate && (
            <span className="block @4xl:min-w-56 @4xl:text-xs">
              <Why evidence={candidate.evidence} probability={candidate.probability} />
            </span>
          ),
      },
      {
        id: 'waiting',
        header: t('duplicates.waiting'),
        sort: sortBy(query, 'dispatched_at', 'ascending'),
        cell: (row) => <Time value={row.dispatched_at} />,
      },
    ],
    [t, query, typeNames, onSelect],
  )
}

/** The column's own order first, and the other way round where that holds already. */
function sortBy(
  query: DuplicateQueueQuery,
  field: 'probability' | 'dispatched_at',
  first: 'ascending' | 'descending',
): NonNullable<Column<DuplicateQueueRow>['sort']> {
  const order = query.sort === field ? 'ascending' : query.sort === `-${field}` ? 'descending' : null
  const next = order === null ? first : order === 'ascending' ? 'descending' : 'ascending'
  return { href: queueHref(query, { sort: next === 'ascending' ? field : `-${field}`, page: 1 }), order }
}
