import { cookies } from 'next/headers'
import { AppShell } from '@/components/shell/app-shell'
import { themeOf } from '@/lib/theme'

export default async function DashboardLayout({ children }: { children: React.ReactNode }) {
  const theme = themeOf((await cookies()).get('theme')?.value)
  return (
    <AppShell theme={theme} counts={{}}>
      {children}
    </AppShell>
  )
}
