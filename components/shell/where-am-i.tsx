'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { screenOf } from './screens'

/** The screen one is in; on a detail page it leads back to its list. */
export function WhereAmI() {
  const t = useTranslations()
  const pathname = usePathname()
  const screen = screenOf(pathname)
  if (!screen) return null
  const name = t(`nav.${screen.name}`)
  return (
    <nav aria-label={t('ui.breadcrumb')} className="min-w-0 truncate font-medium text-sm">
      {pathname === screen.path ? (
        <span aria-current="page">{name}</span>
      ) : (
        <Link href={screen.path as Route} className="text-accent underline-offset-4 hover:underline">
          {name}
        </Link>
      )}
    </nav>
  )
}
