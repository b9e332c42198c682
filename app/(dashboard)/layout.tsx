import { cookies } from 'next/headers'
import { AppShell } from '@/components/shell/app-shell'
import { getWaitingCounts } from '@/domain/overview/queries'
import type { WaitingCounts } from '@/domain/overview/schema'
import { pageAsOf, pageCall, pageDb } from '@/lib/page-call'
import { themeOf } from '@/lib/theme'

export default async function DashboardLayout({ children }: { children: React.ReactNode }) {
  const theme = themeOf((await cookies()).get('theme')?.value)
  return (
    <AppShell theme={theme} counts={await readCounts()} asOf={await pageAsOf()}>
      {children}
    </AppShell>
  )
}

/** None while the database is away: the page says so, and the frame with its ways out stays. */
async function readCounts(): Promise<WaitingCounts> {
  try {
    return (await getWaitingCounts(pageDb(), await pageCall())).body
  } catch {
    return { certifications: 0, sync_events: 0, duplicates: 0, changed_pairs: 0, failed_events: 0, as_of: '' }
  }
}
