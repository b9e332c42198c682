'use client'

import { Users } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { BulkProgress } from '@/components/list/bulk-progress'
import { BulkResults } from '@/components/list/bulk-results'
import { leftOutOf } from '@/components/list/everything'
import { KeyHints } from '@/components/list/key-hints'
import { PageSize } from '@/components/list/page-size'
import { SelectionBar } from '@/components/list/selection-bar'
import type { BulkRow } from '@/components/list/send-in-chunks'
import { useBulk } from '@/components/list/use-bulk'
import { useListKeys } from '@/components/list/use-list-keys'
import { type ListRead, useSelection } from '@/components/list/use-selection'
import { useProblemToast } from '@/components/problem'
import { Button, buttonStyle } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { useView } from '@/components/use-view'
import type { SyncEventType } from '@/domain/mentor-status-sync/schema'
import type { MentorListQuery, MentorSelection, MentorsView } from '@/domain/mentors/schema'
import { callApi } from '@/lib/api-client'
import { queryHref } from '@/lib/query-href'
import { MentorTable } from './mentor-table'
import { PauseDialog } from './pause-dialog'
import { useStatusChange } from './use-status-change'
import { viewValues } from './view-values'

const SELECTION = '/api/v1/views/mentors/selection'

interface Props {
  query: MentorListQuery
  fromServer: MentorsView
  /** In place of the list where nobody matches. */
  empty: ReactNode
}

/** The mentors that match: choose, pause, resume, export, by mouse and by keys. */
export function MentorList({ query, fromServer, empty }: Props) {
  const t = useTranslations()
  const router = useRouter()
  const complain = useProblemToast()
  const { page: _, limit: __, sort: ___, ...filters } = query
  const { data: view, queryKey } = useView(
    queryHref('/api/v1/views/mentors', query) as '/api/v1/views/mentors',
    fromServer,
  )
  const { data: mentors, pagination } = view
  const ids = mentors.map((mentor) => mentor.mentor_id)
  const bulk = useBulk()
  const changeStatus = useStatusChange(queryKey, bulk)
  const shown = JSON.stringify(filters)
  const selection = useSelection(ids, shown)
  const [asking, setAsking] = useState<readonly string[] | null>(null)
  const [askedIn, setAskedIn] = useState(shown)
  if (askedIn !== shown) {
    setAskedIn(shown)
    setAsking(null)
  }
  const [pauses, setPauses] = useState(0)
  const open = (id: string) => router.push(`/mentors/${id}` as Route)
  const chosenOr = (id: string) => (selection.chosen.size > 0 ? [...selection.chosen] : [id])
  const keys = useListKeys(ids, {
    x: (id) => selection.toggle(id, !selection.chosen.has(id)),
    p: (id) => setAsking(chosenOr(id)),
    r: (id) => void change('ResumeMentorEvent', chosenOr(id), null),
    Enter: open,
  })
  const values = viewValues(query)
  const list: ListRead = {
    total: pagination.total,
    asOf: view.as_of,
    path: queryHref(SELECTION, { ...filters, sort: query.sort, as_of: view.as_of }) as typeof SELECTION,
  }

  async function change(event: SyncEventType, of: readonly string[], reason: string | null, onDone?: () => void) {
    const { everything } = selection
    setAsking(null)
    const leaves = query.status !== undefined && (query.status === 'active') === (event === 'PauseMentorEvent')
    if (leaves) keys.focusBeside(new Set(of))
    else keys.focusRow(of[0] ?? null)
    selection.clear()
    try {
      const { rows, leftOut } = everything ? await readEverything(everything) : { rows: rowsOf(of), leftOut: 0 }
      changeStatus({ rows, event, reason, leftOut, onDone })
    } catch (error) {
      complain(error)
    }
  }

  async function readEverything(list: ListRead): Promise<{ rows: BulkRow[]; leftOut: number }> {
    const { data } = (await callApi<MentorSelection>(list.path)).body
    const rows = data.map((one) => ({ id: one.mentor_id, name: one.full_name }))
    return { rows, leftOut: leftOutOf(list, rows) }
  }

  function rowsOf(of: readonly string[]): BulkRow[] {
    return mentors
      .filter(({ mentor_id }) => of.includes(mentor_id))
      .map((one) => ({ id: one.mentor_id, name: one.full_name }))
  }

  const exportHref = queryHref(
    '/mentors/csv',
    values,
    selection.everything ? { as_of: selection.everything.asOf } : { ids: [...selection.chosen].join(',') },
  )
  const count = selection.everything ? selection.count : (asking?.length ?? 0)
  const [first] = asking ?? []
  return (
    <Section
      title={t('pages.mentors.title')}
      actions={<span className="text-muted text-sm">{t('filters.hits', { count: pagination.total })}</span>}
      flush
    >
      <div {...keys.list}>
        {mentors.length > 0 ? (
          <>
            <SelectionBar selection={selection} list={list}>
              <Button size="small" variant="primary" onClick={() => setAsking([...selection.chosen])}>
                {t('actions.pause')}
              </Button>
              <Button size="small" onClick={() => void change('ResumeMentorEvent', [...selection.chosen], null)}>
                {t('actions.resume')}
              </Button>
              <a href={exportHref} className={buttonStyle({ size: 'small' })}>
                {t('mentors.export')}
              </a>
            </SelectionBar>
            <BulkProgress bulk={bulk} />
            <MentorTable
              mentors={mentors}
              query={query}
              chosen={selection.chosen}
              onChoose={selection.toggle}
              rowAttributes={keys.rowAttributes}
            />
            <KeyHints
              hints={[
                { keys: ['j', 'k'], action: t('mentors.keys.move') },
                { keys: ['x'], action: t('mentors.keys.choose') },
                { keys: ['p'], action: t('mentors.keys.pause') },
                { keys: ['r'], action: t('mentors.keys.resume') },
                { keys: ['Enter'], action: t('mentors.keys.open') },
              ]}
            />
          </>
        ) : pagination.total > 0 ? (
          <EmptyState
            icon={Users}
            title={t('view.pastEnd')}
            actions={<LinkButton href={queryHref('/mentors', values)}>{t('view.firstPage')}</LinkButton>}
          >
            {t('view.pastEndBody')}
          </EmptyState>
        ) : (
          empty
        )}
      </div>
      <Pagination {...pagination} hrefFor={(page) => queryHref('/mentors', values, { page: page > 1 ? page : null })} />
      <PageSize limit={query.limit} hrefFor={(limit) => queryHref('/mentors', viewValues({ ...query, limit }))} />
      <PauseDialog
        // what was typed outlives closing, not the pause that it was typed for
        key={pauses}
        open={asking !== null}
        title={
          count === 1
            ? t('mentor.pauseTitle', { name: mentors.find(({ mentor_id }) => mentor_id === first)?.full_name ?? '' })
            : t('mentors.pauseTitle', { count })
        }
        onClose={() => setAsking(null)}
        onPause={(reason) =>
          void change('PauseMentorEvent', asking ?? [], reason, () => setPauses((before) => before + 1))
        }
      />
      <BulkResults bulk={bulk} hrefOf={(id) => `/mentors/${id}` as Route} />
    </Section>
  )
}
