'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { LinkPending } from '../ui/busy-content'
import { Count } from './counts'
import { MAIN_SCREENS, MORE_SCREENS, type Screen, screenOf } from './screens'

/** The screens down the left side, with what waits on each. */
export function Rail() {
  const t = useTranslations()
  const current = screenOf(usePathname())
  return (
    <nav aria-label={t('shell.screens')} className="flex grow flex-col gap-0.5 px-2">
      {[...MAIN_SCREENS, ...MORE_SCREENS].map((screen) => (
        <RailLink key={screen.name} screen={screen} current={screen === current} />
      ))}
    </nav>
  )
}

function RailLink({ screen, current }: { screen: Screen; current: boolean }) {
  const t = useTranslations('nav')
  return (
    <Link
      href={screen.path as Route}
      aria-current={current ? 'page' : undefined}
      className="flex min-h-9 items-center gap-2.5 rounded-box px-2.5 text-muted text-sm hover:bg-subtle hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
    >
      <LinkPending />
      <screen.icon aria-hidden className="size-4.5 shrink-0" strokeWidth={1.75} />
      <span className="grow">{t(screen.name)}</span>
      <Count of={screen.name} className="tabular text-xs" />
    </Link>
  )
}

/** The same along the bottom edge of a phone. */
export function BottomBar() {
  const t = useTranslations()
  const current = screenOf(usePathname())
  return (
    <nav
      aria-label={t('shell.screens')}
      className="fixed inset-x-0 bottom-0 z-20 grid grid-cols-5 border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden print:hidden"
    >
      {MAIN_SCREENS.map(({ name, path, icon: Icon }) => (
        <Link
          key={name}
          href={path as Route}
          aria-current={current?.name === name ? 'page' : undefined}
          className="relative flex min-h-14 flex-col items-center justify-center gap-0.5 overflow-hidden px-0.5 text-2xs text-muted focus-visible:-outline-offset-2 aria-[current=page]:font-semibold aria-[current=page]:text-accent"
        >
          <LinkPending />
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
          <span className="max-w-full truncate">{t(`navShort.${name}`)}</span>
          <Count of={name} className="tabular absolute top-1 left-1/2 ml-2 rounded-full bg-surface px-1 leading-4" />
        </Link>
      ))}
    </nav>
  )
}
