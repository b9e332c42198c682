'use client'

import { CopyCheck, Eye } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { KeyHints } from '@/components/list/key-hints'
import { PageSize } from '@/components/list/page-size'
import { SelectionBar } from '@/components/list/selection-bar'
import { useListKeys } from '@/components/list/use-list-keys'
import { useSelection } from '@/components/list/use-selection'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { useView } from '@/components/use-view'
import type { DuplicateQueueQuery, DuplicateQueueView } from '@/domain/duplicate-events/review-schema'
import { chosenOf } from './batch-choice'
import { QUEUE_PATH, queueHref, queueSelectionPath, queueViewPath } from './queue-address'
import { QueueFilters } from './queue-filters'
import { QueueTable } from './queue-table'
import type { TypeNames } from './type-names'
import { usePlan } from './use-plan'

interface Props {
  query: DuplicateQueueQuery
  /** The view as the server has just drawn it. */
  fromServer: DuplicateQueueView
  typeNames: TypeNames
}

/** The queue: open one, or choose many and have their decisions planned, by mouse and by keys. */
export function QueueScreen({ query, fromServer, typeNames }: Props) {
  const t = useTranslations()
  const router = useRouter()
  const { data: view } = useView<DuplicateQueueView>(queueViewPath(query), fromServer)
  const { data: rows, pagination, as_of: asOf } = view
  const ids = rows.map((row) => row.id)
  const selection = useSelection(ids, queueHref(query, { page: 1, limit: 20, sort: '-probability' }))
  const plan = usePlan()
  const keys = useListKeys(
    ids,
    {
      x: (id) => selection.toggle(id, !selection.chosen.has(id)),
      p: (id) => preview(id),
    },
    (id) => router.push(`/duplicates/${id}` as Route),
  )

  /** What is chosen, on all pages where everything is; the row itself where nothing is. */
  function preview(id?: string) {
    if (plan.busy) return
    if (selection.everything) {
      void plan.openEverything(selection.everything)
      return
    }
    const of = selection.chosen.size > 0 ? selection.chosen : new Set([id])
    plan.open(rows.filter((row) => of.has(row.id)).map(chosenOf))
  }

  return (
    <>
      <QueueFilters query={query} rows={rows} />
      <Section
        title={t('duplicateQueue.title')}
        actions={
          <span className="text-muted text-sm">{t('duplicates.waitingCount', { count: pagination.total })}</span>
        }
        flush
      >
        <div {...keys.list} className="focus-visible:-outline-offset-2">
          {rows.length > 0 ? (
            <>
              <SelectionBar
                selection={selection}
                list={{ total: pagination.total, asOf, path: queueSelectionPath(query, asOf) }}
              >
                <Button size="small" variant="primary" aria-disabled={plan.busy} onClick={() => preview()}>
                  <Eye aria-hidden />
                  {t('duplicateQueue.preview', { count: selection.count })}
                </Button>
              </SelectionBar>
              <QueueTable
                rows={rows}
                query={query}
                typeNames={typeNames}
                chosen={selection.chosen}
                rowAttributes={keys.rowAttributes}
                onSelect={selection.toggle}
              />
              <KeyHints
                hints={[
                  { keys: ['j', 'k'], action: t('duplicateQueue.keyMove') },
                  { keys: ['x'], action: t('duplicateQueue.keySelect') },
                  { keys: ['p'], action: t('duplicateQueue.keyPreview') },
                  { keys: ['Enter'], action: t('duplicateQueue.keyOpen') },
                ]}
              />
            </>
          ) : (
            <Nothing query={query} total={pagination.total} />
          )}
        </div>
        <Pagination {...pagination} hrefFor={(page) => queueHref(query, { page })} />
        <PageSize limit={query.limit} hrefFor={(limit) => queueHref(query, { limit, page: 1 })} />
      </Section>
      {plan.dialog}
    </>
  )
}

/** What belongs here and how it gets here, or where it lies. */
function Nothing({ query, total }: { query: DuplicateQueueQuery; total: number }) {
  const t = useTranslations()
  if (total > 0) {
    return (
      <EmptyState
        icon={CopyCheck}
        title={t('view.pastEnd')}
        actions={<LinkButton href={queueHref(query, { page: 1 })}>{t('view.firstPage')}</LinkButton>}
      >
        {t('view.pastEndBody')}
      </EmptyState>
    )
  }
  if (query.mentor_id !== undefined || query.certain) {
    return (
      <EmptyState
        icon={CopyCheck}
        title={t('empty.filtered.title')}
        actions={<LinkButton href={QUEUE_PATH}>{t('filters.reset')}</LinkButton>}
      >
        {t('empty.filtered.body')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={CopyCheck} title={t('empty.duplicates.title')}>
      {t('empty.duplicates.body')}
    </EmptyState>
  )
}
