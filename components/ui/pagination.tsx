import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { Route } from 'next'
import { useTranslations } from 'next-intl'
import { buttonStyle } from './button'
import { LinkButton } from './link-button'

interface Props {
  /** Where a page has more than one of these. */
  label?: string
  page: number
  limit: number
  total: number
  hrefFor: (page: number) => Route
}

/** Which rows are shown, and links to the neighbouring pages. */
export function Pagination({ label, page, limit, total, hrefFor }: Props) {
  const t = useTranslations('ui')
  const from = (page - 1) * limit + 1
  const to = Math.min(page * limit, total)
  const lastPage = Math.max(1, Math.ceil(total / limit))
  return (
    <nav
      aria-label={label ?? t('pagination')}
      className="flex flex-wrap items-center justify-between gap-3 border-t px-4 py-2.5 text-sm"
    >
      <span className="tabular text-muted">{from > total ? t('noHits') : t('range', { from, to, total })}</span>
      {lastPage > 1 && (
        <span className="flex gap-2 print:hidden">
          <Step href={page > 1 ? hrefFor(Math.min(page - 1, lastPage)) : null} rel="prev">
            <ChevronLeft aria-hidden />
            {t('previous')}
          </Step>
          <Step href={page < lastPage ? hrefFor(page + 1) : null} rel="next">
            {t('next')}
            <ChevronRight aria-hidden />
          </Step>
        </span>
      )}
    </nav>
  )
}

function Step({ href, rel, children }: { href: Route | null; rel: string; children: React.ReactNode }) {
  if (href) {
    return (
      <LinkButton href={href} rel={rel} size="small">
        {children}
      </LinkButton>
    )
  }
  return (
    <span
      aria-hidden
      className={`${buttonStyle({ size: 'small' })} cursor-default border-line text-muted hover:bg-surface`}
    >
      {children}
    </span>
  )
}
