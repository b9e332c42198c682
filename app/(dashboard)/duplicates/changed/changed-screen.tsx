'use client'

import { Files } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { KeyHints } from '@/components/list/key-hints'
import { PageSize } from '@/components/list/page-size'
import { useListKeys } from '@/components/list/use-list-keys'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { useView } from '@/components/use-view'
import type { ReturnedPairsQuery, ReturnedPairsView } from '@/domain/duplicate-events/pair-schema'
import type { TypeNames } from '../type-names'
import { changedHref, changedViewPath } from './changed-address'
import { ChangedTable } from './changed-table'
import { useConfirm, useReopen } from './use-pair'

interface Props {
  query: ReturnedPairsQuery
  /** The view as the server has just drawn it. */
  fromServer: ReturnedPairsView
  typeNames: TypeNames
}

/** Pairs that were told apart and have come back: confirm that they are two, or review them again, by mouse and by keys. */
export function ChangedScreen({ query, fromServer, typeNames }: Props) {
  const t = useTranslations()
  const { data: view } = useView<ReturnedPairsView>(changedViewPath(query), fromServer)
  const { confirmed, confirm } = useConfirm()
  const reopen = useReopen()
  const rows = view.data.filter(({ pair_id }) => !confirmed.has(pair_id))
  const total = view.pagination.total - (view.data.length - rows.length)
  const keys = useListKeys(
    rows.map(({ pair_id }) => pair_id),
    { b: confirmRow, v: reopenRow },
  )

  function confirmRow(id: string) {
    const row = rows.find(({ pair_id }) => pair_id === id)
    if (!row) return
    keys.focusBeside(new Set([id]))
    confirm(row)
  }

  function reopenRow(id: string) {
    const row = rows.find(({ pair_id }) => pair_id === id)
    if (row?.reopen && !reopen.isPending) reopen.mutate(row.reopen)
  }

  return (
    <Section
      title={t('changedPairs.title')}
      actions={<span className="text-muted text-sm">{t('filters.hits', { count: total })}</span>}
      flush
    >
      <div {...keys.list} className="focus-visible:-outline-offset-2">
        {rows.length > 0 ? (
          <>
            <ChangedTable
              rows={rows}
              query={query}
              typeNames={typeNames}
              rowAttributes={keys.rowAttributes}
              reopening={reopen.isPending ? reopen.variables.event_id : null}
              onConfirm={confirmRow}
              onReopen={reopenRow}
            />
            <KeyHints
              hints={[
                { keys: ['j', 'k'], action: t('changedPairs.keyMove') },
                { keys: ['b'], action: t('changedPairs.keyConfirm') },
                { keys: ['v'], action: t('changedPairs.keyReopen') },
              ]}
            />
          </>
        ) : view.data.length === 0 && total > 0 ? (
          <EmptyState
            icon={Files}
            title={t('view.pastEnd')}
            actions={<LinkButton href={changedHref(query, { page: 1 })}>{t('view.firstPage')}</LinkButton>}
          >
            {t('view.pastEndBody')}
          </EmptyState>
        ) : (
          <EmptyState icon={Files} title={t('changedPairs.emptyTitle')}>
            {t('changedPairs.emptyBody')}
          </EmptyState>
        )}
      </div>
      <Pagination {...view.pagination} hrefFor={(page) => changedHref(query, { page })} />
      <PageSize limit={query.limit} hrefFor={(limit) => changedHref(query, { limit, page: 1 })} />
    </Section>
  )
}
