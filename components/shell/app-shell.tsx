import { HeartHandshake, LockOpen } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { WaitingCounts } from '@/domain/overview/schema'
import type { Theme } from '@/lib/theme'
import { CatchingUp, Live } from '../live/live'
import { OfflineBanner } from '../offline-banner'
import { CountsProvider } from './counts'
import { PhoneMenu } from './phone-menu'
import { Preferences } from './preferences'
import { BottomBar, Rail } from './rail'
import { ReadOnReturn } from './read-on-return'
import { MORE_SCREENS } from './screens'
import { SearchButton } from './search/search-button'
import { WhereAmI } from './where-am-i'

interface Props {
  theme: Theme
  counts: WaitingCounts
  /** When what is shown was read. */
  asOf: string
  children: ReactNode
}

/** The frame of every screen: rail, top bar, and on a phone a bottom bar in the rail's place. */
export function AppShell({ theme, counts, asOf, children }: Props) {
  const t = useTranslations()
  return (
    <Live asOf={asOf}>
      <CountsProvider counts={counts}>
        <a
          href="#content"
          className="fixed top-2 left-2 z-50 -translate-y-16 rounded-box bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
        >
          {t('shell.skip')}
        </a>
        <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)] print:block">
          <aside className="sticky top-0 hidden h-dvh flex-col gap-3 overflow-y-auto border-r bg-surface pb-4 lg:flex print:hidden">
            <Brand />
            <Rail />
            <SignInOff className="px-4.5" />
          </aside>
          <div className="min-w-0">
            <header className="sticky top-0 z-20 flex h-(--topbar) items-center gap-3 border-b bg-surface px-4 sm:px-6 print:hidden">
              <HeartHandshake aria-hidden className="size-5 shrink-0 text-accent lg:hidden" />
              <WhereAmI />
              <div className="ml-auto flex items-center gap-3">
                <CatchingUp />
                <SearchButton />
              </div>
              <div className="hidden lg:block">
                <Preferences theme={theme} />
              </div>
              <div className="lg:hidden">
                <PhoneMenu>
                  <Preferences theme={theme} />
                  {MORE_SCREENS.map((screen) => (
                    <Link
                      key={screen.name}
                      href={screen.path as Route}
                      className="flex min-h-8 items-center gap-2 text-accent text-sm"
                    >
                      <screen.icon aria-hidden className="size-4" />
                      {t(`nav.${screen.name}`)}
                    </Link>
                  ))}
                  <SignInOff />
                </PhoneMenu>
              </div>
            </header>
            <OfflineBanner />
            <ReadOnReturn />
            <main
              id="content"
              tabIndex={-1}
              className="mx-auto max-w-[84rem] px-4 pt-6 pb-28 sm:px-6 lg:pb-12 print:p-0"
            >
              {children}
            </main>
          </div>
        </div>
        <BottomBar />
      </CountsProvider>
    </Live>
  )
}

function Brand() {
  const t = useTranslations('app')
  return (
    <Link
      href="/"
      className="flex h-(--topbar) shrink-0 items-center gap-2 border-b px-4.5 font-semibold tracking-tight"
    >
      <HeartHandshake aria-hidden className="size-5 text-accent" />
      {t('name')}
    </Link>
  )
}

function SignInOff({ className }: { className?: string }) {
  const t = useTranslations('shell')
  return (
    <p className={`flex gap-2 text-muted text-xs ${className ?? ''}`}>
      <LockOpen aria-hidden className="mt-px size-3.5 shrink-0" />
      {t('signInOff')}
    </p>
  )
}
