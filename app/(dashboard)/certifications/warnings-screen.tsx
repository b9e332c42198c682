'use client'

import { BadgeCheck, BellOff } from 'lucide-react'
import type { Route } from 'next'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useNow } from '@/components/clock'
import { BulkProgress } from '@/components/list/bulk-progress'
import { BulkResults } from '@/components/list/bulk-results'
import { leftOutOf } from '@/components/list/everything'
import { KeyHints } from '@/components/list/key-hints'
import { PageSize } from '@/components/list/page-size'
import { SelectionBar } from '@/components/list/selection-bar'
import { useBulk } from '@/components/list/use-bulk'
import { useListKeys } from '@/components/list/use-list-keys'
import { type ListRead, useSelection } from '@/components/list/use-selection'
import { useProblemToast } from '@/components/problem'
import { useRenewal } from '@/components/renewal/use-renewal'
import { Time } from '@/components/time'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { Pagination } from '@/components/ui/pagination'
import { Section } from '@/components/ui/section'
import { toast } from '@/components/ui/toast'
import { useView } from '@/components/use-view'
import type {
  ExpiryWarning,
  WarningSelection,
  WarningsQuery,
  WarningsView,
  WarningWindow,
} from '@/domain/certifications/warning-schema'
import { callApi } from '@/lib/api-client'
import { queryHref } from '@/lib/query-href'
import { useHidden } from './use-hidden'
import { useSnooze } from './use-snooze'
import { CERTIFICATIONS, viewValues } from './view-values'
import { WarningTable } from './warning-table'

const VIEW = '/api/v1/views/certification-warnings'

/** The tabs, in the order of their urgency; what is snoozed comes last. */
const WINDOWS = ['expired', '7', '30', '60', '90', 'snoozed'] as const satisfies readonly WarningWindow[]

interface Props {
  query: WarningsQuery
  fromServer: WarningsView
}

/** The expiry warnings of one tab: choose, renew, snooze, by mouse and by keys. */
export function WarningsScreen({ query, fromServer }: Props) {
  const t = useTranslations()
  const now = useNow()
  const complain = useProblemToast()
  const { data: view } = useView<WarningsView>(queryHref(VIEW, query) as typeof VIEW, fromServer)
  const { counts, pagination } = view
  const hidden = useHidden(view.as_of)
  const warnings = view.data.filter((warning) => !hidden.isHidden(warning.certification_id))
  const ids = warnings.map((warning) => warning.certification_id)
  const bulk = useBulk()
  const selection = useSelection(ids, query.window)
  const [reading, setReading] = useState(false)
  // of what was chosen, on whatever page: a report names certifications, and links to mentors
  const mentors = useRef(new Map<string, string>())
  const changes = {
    bulk,
    onLeave(leaving: readonly string[]) {
      keys.focusBeside(new Set(leaving))
      selection.clear()
      hidden.hide(leaving)
    },
    onReturn: hidden.show,
    onDone: hidden.settle,
  }
  const renewal = useRenewal(changes)
  const snooze = useSnooze(changes)
  const keys = useListKeys(ids, {
    x: (id) => selection.toggle(id, !selection.chosen.has(id)),
    r: (id) => void withChosen(renewal.open, id),
    s: (id) => void withChosen(snooze.open, id),
  })
  const snoozed = query.window === 'snoozed'
  const values = viewValues(query)
  const list: ListRead = {
    total: pagination.total,
    asOf: view.as_of,
    path: queryHref(`${VIEW}/selection`, { window: query.window, as_of: view.as_of }) as `${typeof VIEW}/selection`,
  }

  /** What is chosen, on all pages where everything is; the row itself where nothing is. */
  async function withChosen(open: (rows: readonly ExpiryWarning[], leftOut: number) => void, id?: string) {
    const { everything, chosen } = selection
    const of = chosen.size > 0 ? chosen : new Set([id])
    setReading(true)
    try {
      const rows = everything
        ? (await callApi<WarningSelection>(everything.path)).body.data
        : warnings.filter((warning) => of.has(warning.certification_id))
      for (const row of rows) mentors.current.set(row.certification_id, row.mentor_id)
      if (rows.length > 0) open(rows, everything ? leftOutOf(everything, rows) : 0)
      else toast.info(t('expiry.allChanged'))
    } catch (error) {
      complain(error)
    } finally {
      setReading(false)
    }
  }

  return (
    <>
      <LinkTabs
        label={t('expiry.windows')}
        tabs={WINDOWS.map((window) => ({
          href: queryHref(CERTIFICATIONS, { ...values, window, sort: null }),
          label: labelOf(window),
          count: counts[window],
          current: window === query.window,
        }))}
      />
      <Section
        title={labelOf(query.window)}
        actions={<span className="text-muted text-sm">{t('filters.hits', { count: pagination.total })}</span>}
        flush
      >
        <p className="hidden px-4 py-1.5 text-muted text-xs print:block">
          {t('expiry.readAt')} <Time value={now.toISOString()} as="moment" />
        </p>
        {snoozed && warnings.length > 0 && (
          <p className="border-b px-4 py-2 text-muted text-sm">{t('snooze.delaysNothing')}</p>
        )}
        <div {...keys.list}>
          {view.data.length > 0 ? (
            <>
              <SelectionBar selection={selection} list={list}>
                <Button size="small" variant="primary" disabled={reading} onClick={() => void withChosen(renewal.open)}>
                  {t('actions.renewMany', { count: selection.count })}
                </Button>
                <Button size="small" disabled={reading} onClick={() => void withChosen(snooze.open)}>
                  {t(snoozed ? 'snooze.change' : 'snooze.snoozeMany', { count: selection.count })}
                </Button>
              </SelectionBar>
              <BulkProgress bulk={bulk} />
              <WarningTable
                warnings={warnings}
                query={query}
                chosen={selection.chosen}
                onChoose={selection.toggle}
                onRenew={(warning) => renewal.open([warning])}
                onSnooze={(warning) => snooze.open([warning])}
                onEndSnooze={(warning) => snooze.end(warning)}
                rowAttributes={keys.rowAttributes}
              />
              <KeyHints
                hints={[
                  { keys: ['j', 'k'], action: t('expiry.keys.move') },
                  { keys: ['x'], action: t('expiry.keys.choose') },
                  { keys: ['r'], action: t('expiry.keys.renew') },
                  { keys: ['s'], action: t(snoozed ? 'expiry.keys.changeSnooze' : 'expiry.keys.snooze') },
                ]}
              />
            </>
          ) : pagination.total > 0 ? (
            <EmptyState
              icon={BadgeCheck}
              title={t('view.pastEnd')}
              actions={<LinkButton href={queryHref(CERTIFICATIONS, values)}>{t('view.firstPage')}</LinkButton>}
            >
              {t('view.pastEndBody')}
            </EmptyState>
          ) : snoozed ? (
            <EmptyState icon={BellOff} title={t('snooze.emptyTitle')}>
              {t('snooze.emptyBody')}
            </EmptyState>
          ) : (
            <EmptyState icon={BadgeCheck} title={t('empty.certifications.title')}>
              {t('empty.certifications.body')}
            </EmptyState>
          )}
        </div>
        <Pagination
          {...pagination}
          hrefFor={(page) => queryHref(CERTIFICATIONS, values, { page: page > 1 ? page : null })}
        />
        <PageSize limit={query.limit} hrefFor={(limit) => queryHref(CERTIFICATIONS, viewValues({ ...query, limit }))} />
      </Section>
      {renewal.dialog}
      {snooze.dialog}
      <BulkResults bulk={bulk} hrefOf={(id) => `/mentors/${mentors.current.get(id) ?? ''}` as Route} />
    </>
  )

  function labelOf(window: WarningWindow): string {
    if (window === 'snoozed') return t('snooze.snoozed')
    return window === 'expired' ? t('filters.expired') : t('filters.withinDays', { days: Number(window) })
  }
}
