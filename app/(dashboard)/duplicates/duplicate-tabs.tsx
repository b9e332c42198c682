'use client'

import type { Route } from 'next'
import { useTranslations } from 'next-intl'
import { useCounts } from '@/components/shell/counts'
import { LinkTabs } from '@/components/ui/link-tabs'

const TABS = [
  ['queue', '/duplicates'],
  ['changed', '/duplicates/changed'],
  ['failed', '/duplicates/failed'],
  ['decided', '/duplicates/decided'],
  ['evidence', '/duplicates/evidence'],
] as const

/** What waits, what has come back or failed, what has been decided, and how right the check has been. */
export function DuplicateTabs({ current }: { current: (typeof TABS)[number][0] }) {
  const t = useTranslations('duplicateTabs')
  const counts = useCounts()
  const waiting: Readonly<Record<string, number>> = counts
    ? {
        queue: counts.duplicates - counts.changed_pairs - counts.failed_events,
        changed: counts.changed_pairs,
        failed: counts.failed_events,
      }
    : {}
  return (
    <LinkTabs
      label={t('label')}
      tabs={TABS.map(([name, href]) => ({
        href: href as Route,
        label: t(name),
        current: name === current,
        ...(waiting[name] !== undefined && { count: waiting[name] }),
      }))}
    />
  )
}
