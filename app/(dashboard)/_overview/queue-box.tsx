import { ArrowRight, CircleCheck } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Section } from '@/components/ui/section'

interface Props {
  title: string
  count: number
  /** How old the oldest is, and what else there is to know of the queue. */
  facts: ReactNode
  /** Where all of it is, in words that make sense alone. */
  href: Route
  linkText: string
  rows: readonly { readonly id: string; readonly href: Route; readonly name: ReactNode; readonly detail: ReactNode }[]
}

/** One of the queues that wait for a coordinator: how many, how old, and the first of them. */
export function QueueBox({ title, count, facts, href, linkText, rows }: Props) {
  const t = useTranslations('overview')
  const format = useFormatter()
  return (
    <Section title={title} className="flex flex-col [&>div]:flex [&>div]:grow [&>div]:flex-col" flush>
      <p className="flex items-center gap-3 px-4 py-3">
        <span className="tabular font-semibold text-3xl leading-none tracking-tight">{format.number(count)}</span>
        <span className="min-w-0 text-muted text-sm">{facts}</span>
      </p>
      {rows.length > 0 ? (
        <ul className="grow divide-y border-t text-sm">
          {rows.map((row) => (
            <li key={row.id} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-2">
              <Link
                href={row.href}
                className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
              >
                {row.name}
              </Link>
              <span className="text-muted text-xs">{row.detail}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="flex grow items-center gap-2 border-t px-4 py-3 text-muted text-sm">
          <CircleCheck aria-hidden className="size-4 text-valid" />
          {t('nothingWaits')}
        </p>
      )}
      <Link
        href={href}
        className="flex min-h-10 items-center gap-1.5 border-t px-4 font-medium text-accent text-sm underline-offset-4 hover:underline print:hidden"
      >
        {linkText}
        <ArrowRight aria-hidden className="size-4" />
      </Link>
    </Section>
  )
}
