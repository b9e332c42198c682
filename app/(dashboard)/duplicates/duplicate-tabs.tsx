import type { Route } from 'next'
import { useTranslations } from 'next-intl'
import { LinkTabs } from '@/components/ui/link-tabs'

const TABS = [
  ['queue', '/duplicates'],
  ['decided', '/duplicates/decided'],
  ['evidence', '/duplicates/evidence'],
] as const

/** What waits, what has been decided, and how right the check has been. */
export function DuplicateTabs({ current }: { current: (typeof TABS)[number][0] }) {
  const t = useTranslations('duplicateTabs')
  return (
    <LinkTabs
      label={t('label')}
      tabs={TABS.map(([name, href]) => ({ href: href as Route, label: t(name), current: name === current }))}
    />
  )
}
