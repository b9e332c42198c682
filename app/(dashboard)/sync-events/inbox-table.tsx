import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { KeyboardEvent } from 'react'
import { MentorBadge } from '@/components/status-badges'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { SyncInboxRow, SyncInboxTab } from '@/domain/mentor-status-sync/inbox-schema'
import { EventTimes, Happened, Words } from './inbox-cells'
import { RowFailure } from './row-failure'

interface Props {
  rows: readonly SyncInboxRow[]
  tab: SyncInboxTab
  chosen: ReadonlySet<string>
  failures: ReadonlyMap<string, unknown>
  /** The row that Tab reaches; `j` and `k` go from one to the next. */
  current: string | null
  onCurrent: (id: string) => void
  onSelect: (id: string, on: boolean) => void
  onTurn: (row: SyncInboxRow) => void
  onNote: (row: SyncInboxRow) => void
  onKey: (event: KeyboardEvent, row: SyncInboxRow) => void
}

export function rowId(syncEventId: string): string {
  return `event-${syncEventId}`
}

export function InboxTable(props: Props) {
  const { rows, tab, chosen, failures, current, onCurrent, onSelect, onTurn, onNote, onKey } = props
  const t = useTranslations()
  const named = (row: SyncInboxRow) => ({ name: row.mentor_name, event: t(`events.${row.event_type}`) })
  const columns: Column<SyncInboxRow>[] = [
    {
      id: 'select',
      header: <span className="sr-only">{t('syncInbox.select')}</span>,
      role: 'select',
      cell: (row) => (
        <span className="noscript:hidden print:hidden">
          <Checkbox
            label={t('syncInbox.selectEvent', named(row))}
            hideLabel
            checked={chosen.has(row.sync_event_id)}
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
    { id: 'times', header: t('syncInbox.times'), cell: (row) => <EventTimes row={row} /> },
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
      cell: (row) => (
        <span className="flex flex-wrap gap-1 @4xl:min-w-44 @4xl:justify-end noscript:hidden print:hidden">
          <RowFailure error={failures.get(row.sync_event_id)} />
          <Button
            size="small"
            aria-label={t(tab === 'acknowledged' ? 'syncInbox.unacknowledgeOf' : 'syncInbox.acknowledgeOf', named(row))}
            onClick={() => onTurn(row)}
          >
            {tab === 'acknowledged' ? t('syncInbox.unacknowledge') : t('actions.acknowledge')}
          </Button>
          <Button
            size="small"
            variant="quiet"
            aria-label={t('syncInbox.writeNoteOf', named(row))}
            onClick={() => onNote(row)}
          >
            {t('syncInbox.writeNote')}
          </Button>
        </span>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('syncInbox.caption')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.sync_event_id}
      rowProps={(row) => ({
        id: rowId(row.sync_event_id),
        tabIndex: row.sync_event_id === current ? 0 : -1,
        'aria-selected': chosen.has(row.sync_event_id),
        onFocus: () => onCurrent(row.sync_event_id),
        onKeyDown: (event) => onKey(event, row),
      })}
    />
  )
}
