import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { AppShell } from '@/components/shell/app-shell'
import type { Counts } from '@/components/shell/rail'
import { pageCall } from '@/lib/page-call'
import { themeOf } from '@/lib/theme'
import { countWaiting } from './waiting'

export default async function DashboardLayout({ children }: { children: React.ReactNode }) {
  const theme = themeOf((await cookies()).get('theme')?.value)
  await pageCall()
  return (
    <AppShell theme={theme} counts={await readCounts()}>
      {children}
    </AppShell>
  )
}

/** None while the database is away: the page says so, and the frame with its ways out stays. */
async function readCounts(): Promise<Counts> {
  const t = await getTranslations('counts')
  const waiting = await countWaiting().catch(() => null)
  if (waiting === null) return {}
  const { expiry, inbox, reviews } = waiting
  const counted = (count: number, words: string) =>
    count > 0 && (
      <>
        <span aria-hidden>{count > 999 ? '999+' : count}</span>
        <span className="sr-only">{words}</span>
      </>
    )
  const counts: Counts = {
    certifications: counted(expiry[30], t('certifications', { count: expiry[30] })),
    syncEvents: counted(
      inbox.pending + inbox.not_accepted,
      t('syncEvents', { count: inbox.pending + inbox.not_accepted }),
    ),
    duplicates: counted(reviews, t('duplicates', { count: reviews })),
  }
  return Object.fromEntries(Object.entries(counts).filter(([, node]) => node !== false))
}
