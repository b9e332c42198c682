import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { actorName, changeDetail, changeTitle } from '@/components/change-words'
import { Time } from '@/components/time'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { ChangeEntry, ChangeListQuery } from '@/domain/changes/schema'
import { queryHref } from '@/lib/query-href'
import type { TypeNames } from '../duplicates/type-names'
import { ChangeFacts } from './change-facts'
import { viewValues } from './view-values'

interface Props {
  changes: readonly ChangeEntry[]
  query: ChangeListQuery
  typeNames: TypeNames
}

export function ChangeTable({ changes, query, typeNames }: Props) {
  const t = useTranslations()
  const format = useFormatter()
  const columns: Column<ChangeEntry>[] = [
    {
      id: 'what',
      header: t('changes.what'),
      role: 'lead',
      cell: (change) => (
        <span className="block min-w-0 [overflow-wrap:anywhere]">
          {changeTitle(t, change)}
          <span className="block font-normal text-muted text-sm">{changeDetail(t, format, change)}</span>
          <ChangeFacts change={change} typeNames={typeNames} />
        </span>
      ),
    },
    {
      id: 'mentor',
      header: t('fields.mentor'),
      cell: (change) =>
        change.mentor_id === null ? (
          <span className="text-muted">–</span>
        ) : (
          <Link
            href={`/mentors/${change.mentor_id}` as Route}
            className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
          >
            {change.full_name}
          </Link>
        ),
    },
    {
      id: 'who',
      header: t('changes.person'),
      cell: ({ actor }) => actorName(t, actor) ?? <span className="font-mono text-xs">{actor}</span>,
    },
    {
      id: 'when',
      header: t('changes.when'),
      sort: {
        order: query.sort === 'at' ? 'ascending' : 'descending',
        href: queryHref('/changes', viewValues(query), { sort: query.sort === 'at' ? null : 'at' }),
      },
      cell: (change) => <Time value={change.at} as="moment" />,
    },
  ]
  return (
    <DataTable
      caption={t(query.sort === 'at' ? 'changes.captionOldest' : 'changes.caption')}
      columns={columns}
      rows={changes}
      rowKey={(change) => String(change.position)}
      rowProps={() => ({ className: '[&>td]:align-top [&>th]:align-top' })}
    />
  )
}
