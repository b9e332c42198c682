import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter } from 'next-intl'
import type { ReactNode } from 'react'
import { LinkPending } from './busy-content'

export interface LinkTab {
  readonly href: Route
  readonly label: ReactNode
  readonly count?: number
  readonly current: boolean
}

/** Views of one list, each with its own address; they wrap on a narrow screen. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  const format = useFormatter()
  return (
    <nav aria-label={label} className="mb-4 border-b print:hidden">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.current ? 'page' : undefined}
              className="flex min-h-10 items-center gap-1.5 border-transparent border-b-2 px-3 text-muted text-sm hover:border-control hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-accent"
            >
              <LinkPending />
              {tab.label}
              {tab.count !== undefined && (
                <span className="tabular rounded-full bg-subtle px-1.5 font-medium text-muted text-xs leading-5">
                  {format.number(tab.count)}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
