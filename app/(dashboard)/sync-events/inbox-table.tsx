import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type ComponentProps, useMemo } from 'react'
import { MentorBadge } from '@/components/status-badges'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { SyncInboxQuery, SyncInboxRow, SyncInboxTab } from '@/domain/mentor-status-sync/inbox-schema'
import { inboxHref } from './inbox-address'
import { EventTimes, Happened, Words } from './inbox-cells'

/** What changes about a row while it stands. */
interface RowState {
  readonly chosen: boolean
  /** Why it could not be changed. */
  readonly failure: string | undefined
}

interface Props {
  rows: readonly SyncInboxRow[]
  tab: SyncInboxTab
  query: SyncInboxQuery
  chosen: ReadonlySet<string>
  failures: ReadonlyMap<string, string>
  rowAttributes: (id: string) => ComponentProps<'tr'>
  /** These three stay the same functions, so that a row is drawn anew only when it changes. */
  onSelect: (id: string, on: boolean) => void
  onTurn: (id: string) => void
  onNote: (id: string) => void
}

export function InboxTable({ rows, tab, query, chosen, failures, rowAttributes, ...handlers }: Props) {
  const t = useTranslations('syncInbox')
  const columns = useColumns(tab, query, handlers)
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.sync_event_id}
      rowProps={(row) => ({
        ...rowAttributes(row.sync_event_id),
        'aria-selected': chosen.has(row.sync_event_id),
      })}
      rowState={(row): RowState => ({
        chosen: chosen.has(row.sync_event_id),
        failure: failures.get(row.sync_event_id),
      })}
    />
  )
}

function useColumns(
  tab: SyncInboxTab,
  query: SyncInboxQuery,
  { onSelect, onTurn, onNote }: Pick<Props, 'onSelect' | 'onTurn' | 'onNote'>,
): readonly Column<SyncInboxRow, RowState>[] {
  const t = useTranslations()
  const sort = query.sort ?? (tab === 'acknowledged' ? '-time' : 'time')
  const sortHref = inboxHref(query, { sort: sort === 'time' ? '-time' : 'time', page: 1 })
  return useMemo(() => {
    const named = (row: SyncInboxRow) => ({ name: row.mentor_name, event: t(`events.${row.event_type}`) })
    return [
      {
        id: 'select',
        header: <span className="sr-only">{t('syncInbox.select')}</span>,
        role: 'select',
        cell: (row, { chosen }) => (
          <span className="noscript:hidden print:hidden">
            <Checkbox
              label={t('syncInbox.selectEvent', named(row))}
              hideLabel
              checked={chosen}
              onChange={(event) => onSelect(row.sync_event_id, event.target.checked)}
            />
          </span>
        ),
      },
      {
        id: 'mentor',
        header: t('fields.mentor'),
        role: 'lead',
        cell: (row) => (
          <Link
            href={`/mentors/${row.mentor_id}` as Route}
            className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
          >
            {row.mentor_name}
          </Link>
        ),
      },
      { id: 'event', header: t('fields.event'), cell: (row) => <Happened row={row} /> },
      { id: 'reason', header: t('fields.reason'), cell: (row) => <Words row={row} /> },
      {
        id: 'times',
        header: t(tab === 'acknowledged' ? 'syncInbox.acknowledgedTimes' : 'syncInbox.times'),
        sort: { href: sortHref, order: sort === 'time' ? 'ascending' : 'descending' },
        cell: (row) => <EventTimes row={row} />,
      },
      {
        id: 'status',
        header: t('fields.resultingStatus'),
        cell: (row) => <MentorBadge status={row.resulting_status} />,
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('fields.actions')}</span>,
        role: 'plain',
        align: 'end',
        cell: (row, { failure }) => (
          <span className="flex flex-wrap gap-1 @4xl:min-w-44 @4xl:justify-end noscript:hidden print:hidden">
            {failure !== undefined && (
              <span className="basis-full text-danger text-xs">{t('syncInbox.rowFailed', { reason: failure })}</span>
            )}
            <Button
              size="small"
              aria-label={t(
                tab === 'acknowledged' ? 'syncInbox.unacknowledgeOf' : 'syncInbox.acknowledgeOf',
                named(row),
              )}
              onClick={() => onTurn(row.sync_event_id)}
            >
              {tab === 'acknowledged' ? t('syncInbox.unacknowledge') : t('actions.acknowledge')}
            </Button>
            <Button
              size="small"
              variant="quiet"
              aria-label={t('syncInbox.writeNoteOf', named(row))}
              onClick={() => onNote(row.sync_event_id)}
            >
              {t('syncInbox.writeNote')}
            </Button>
          </span>
        ),
      },
    ]
  }, [t, tab, sort, sortHref, onSelect, onTurn, onNote])
}
