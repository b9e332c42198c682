'use client'

import { Ellipsis } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'

/** What a phone's top bar has no room for. A plain disclosure, so that it opens without JavaScript; a new page closes it. */
export function PhoneMenu({ children }: { children: ReactNode }) {
  const t = useTranslations('shell')
  const summary = useRef<HTMLElement>(null)

  function closeOnEscape(event: KeyboardEvent<HTMLDetailsElement>) {
    if (event.key !== 'Escape') return
    event.currentTarget.open = false
    summary.current?.focus()
  }

  return (
    <details key={usePathname()} onKeyDown={closeOnEscape} className="relative lg:hidden">
      <summary ref={summary} className="grid size-10 place-items-center rounded-box text-muted hover:bg-subtle">
        <Ellipsis aria-hidden className="size-5" />
        <span className="sr-only">{t('more')}</span>
      </summary>
      <div className="absolute top-full right-0 z-30 mt-1 flex w-72 max-w-[calc(100vw-1.5rem)] flex-col gap-4 rounded-box border bg-surface p-4 shadow-float">
        {children}
      </div>
    </details>
  )
}
