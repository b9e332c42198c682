import { Files, Scale } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type ComponentProps, useMemo } from 'react'
import { Time } from '@/components/time'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { ReturnedPair, ReturnedPairsQuery } from '@/domain/duplicate-events/pair-schema'
import { useActorText } from '../actor-text'
import { useFieldWords } from '../field-text'
import { Facts, Score } from '../queue-cells'
import type { TypeNames } from '../type-names'
import { Why } from '../why'
import { changedHref } from './changed-address'

interface Props {
  rows: readonly ReturnedPair[]
  query: ReturnedPairsQuery
  typeNames: TypeNames
  rowAttributes: (id: string) => ComponentProps<'tr'>
  /** The event that is being made a draft again. */
  reopening: string | null
  onConfirm: (id: string) => void
  onReopen: (id: string) => void
}

export function ChangedTable({ rows, query, typeNames, rowAttributes, reopening, onConfirm, onReopen }: Props) {
  const t = useTranslations()
  const actorText = useActorText()
  const descending = query.sort === '-returned_at'
  const columns = useMemo(
    (): Column<ReturnedPair>[] => [
      {
        id: 'one',
        header: t('changedPairs.one'),
        role: 'lead',
        cell: ({ activities: [one], differing }) => <Shown side={one} differing={differing} typeNames={typeNames} />,
      },
      {
        id: 'other',
        header: t('changedPairs.other'),
        cell: ({ activities: [, other], differing }) => (
          <Shown side={other} differing={differing} typeNames={typeNames} />
        ),
      },
      {
        id: 'changed',
        header: t('changedPairs.changed'),
        sort: {
          href: changedHref(query, { sort: descending ? 'returned_at' : '-returned_at', page: 1 }),
          order: descending ? 'descending' : 'ascending',
        },
        cell: (row) => (
          <span className="block @4xl:min-w-56">
            <Changes row={row} typeNames={typeNames} />
            <span className="mt-1 block text-muted text-xs">
              {t('changedPairs.decided', { actor: actorText(row.decided_by) })}{' '}
              <Time value={row.decided_at} as="moment" />
            </span>
          </span>
        ),
      },
      {
        id: 'why',
        header: t('fields.why'),
        cell: (row) => (
          <span className="block @4xl:min-w-48 @4xl:text-xs">
            <Score probability={row.probability} />
            <span className="mt-0.5 block">
              <Why evidence={row.evidence} probability={row.probability} />
            </span>
          </span>
        ),
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('changedPairs.actions')}</span>,
        role: 'plain',
        cell: (row) => (
          <Actions
            row={row}
            busy={reopening !== null && row.reopen?.event_id === reopening}
            onConfirm={onConfirm}
            onReopen={onReopen}
          />
        ),
      },
    ],
    [t, actorText, query, descending, typeNames, reopening, onConfirm, onReopen],
  )
  return (
    <DataTable
      caption={t('changedPairs.caption')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.pair_id}
      rowProps={(row) => rowAttributes(row.pair_id)}
    />
  )
}

type Side = ReturnedPair['activities'][number]

function Shown({ side, differing, typeNames }: { side: Side; differing: readonly string[]; typeNames: TypeNames }) {
  const t = useTranslations('duplicates')
  return (
    <span className="block min-w-0 @4xl:min-w-40">
      <span className="[overflow-wrap:anywhere]">{side.fields.title ?? t('untitled')}</span>
      <Facts fields={side.fields} mentor={side.mentor_name} differing={differing} typeNames={typeNames} />
    </span>
  )
}

function Changes({ row, typeNames }: { row: ReturnedPair; typeNames: TypeNames }) {
  const t = useTranslations('changedPairs')
  const words = useFieldWords(typeNames)
  const [one, other] = row.activities
  const lines = [
    ...one.changed.map((line) => ({ side: t('one'), ...line })),
    ...other.changed.map((line) => ({ side: t('other'), ...line })),
  ]
  return (
    <ul className="grid gap-0.5">
      {lines.map(({ side, field, before, after }) => (
        <li key={`${side} ${field}`} className="[overflow-wrap:anywhere]">
          {t('line', {
            side,
            field: words.label(field),
            before: words.text(field, before) || '–',
            after: words.text(field, after) || '–',
          })}
        </li>
      ))}
    </ul>
  )
}

interface ActionsProps {
  row: ReturnedPair
  busy: boolean
  onConfirm: (id: string) => void
  onReopen: (id: string) => void
}

/** The two ways to decide; what has to be taken back first where the second is barred. */
function Actions({ row, busy, onConfirm, onReopen }: ActionsProps) {
  const t = useTranslations()
  const title = row.activities[0].fields.title ?? t('duplicates.untitled')
  const name = row.activities[0].mentor_name
  return (
    <span className="flex flex-wrap gap-2 noscript:hidden @4xl:flex-col @4xl:items-start print:hidden">
      <Button
        size="small"
        aria-label={t('changedPairs.confirmOf', { title, name })}
        onClick={() => onConfirm(row.pair_id)}
      >
        <Files aria-hidden />
        {t('changedPairs.confirm')}
      </Button>
      {row.reopen ? (
        <Button
          size="small"
          aria-disabled={busy}
          aria-label={t('changedPairs.reopenOf', { title, name })}
          onClick={() => onReopen(row.pair_id)}
        >
          <Scale aria-hidden />
          {t('changedPairs.reopen')}
        </Button>
      ) : (
        <span className="block max-w-56 text-muted text-xs">
          {t('changedPairs.barred')}{' '}
          {row.moved_on_by.map((receipt, index) => (
            <Link
              key={receipt}
              href={`/duplicates/receipts/${receipt}` as Route}
              className="inline-block min-h-6 text-accent underline-offset-4 hover:underline"
            >
              {t('changedPairs.takeBackFirst', { number: index + 1 })}
            </Link>
          ))}
        </span>
      )}
    </span>
  )
}
