import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'

const SIZES = [20, 50, 100]

/** How many rows a page has, as links. */
export function PageSize({ limit, hrefFor }: { limit: number; hrefFor: (limit: number) => Route }) {
  const t = useTranslations('ui')
  return (
    <nav
      aria-label={t('perPage')}
      className="flex flex-wrap items-center gap-1 border-t px-4 py-2 text-muted text-sm print:hidden"
    >
      <span aria-hidden className="mr-1">
        {t('perPage')}:
      </span>
      {SIZES.map((size) => (
        <Link
          key={size}
          href={hrefFor(size)}
          scroll={false}
          aria-current={size === limit || undefined}
          className="tabular inline-flex min-h-7 min-w-8 items-center justify-center rounded-box px-1.5 text-accent hover:bg-accent-soft aria-[current=true]:bg-subtle aria-[current=true]:font-semibold aria-[current=true]:text-ink"
        >
          {size}
        </Link>
      ))}
    </nav>
  )
}
