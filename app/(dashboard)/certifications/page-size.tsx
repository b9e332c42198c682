import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { WarningsQuery } from '@/domain/certifications/warning-schema'
import { queryHref } from '@/lib/query-href'
import { CERTIFICATIONS, viewValues } from './view-values'

const SIZES = [20, 50, 100]

/** How many rows a page shows, as links: they work without JavaScript, and the choice stands in the address. */
export function PageSize({ query }: { query: WarningsQuery }) {
  const t = useTranslations('ui')
  return (
    <nav aria-label={t('perPage')} className="flex items-center gap-1 text-muted text-sm print:hidden">
      <span aria-hidden>{t('perPage')}</span>
      {SIZES.map((limit) => (
        <Link
          key={limit}
          href={queryHref(CERTIFICATIONS, viewValues({ ...query, limit }))}
          scroll={false}
          aria-current={limit === query.limit ? 'true' : undefined}
          className="tabular inline-flex min-h-8 min-w-8 items-center justify-center rounded-box px-1.5 text-accent hover:bg-subtle aria-[current=true]:bg-accent-soft aria-[current=true]:font-semibold"
        >
          {limit}
        </Link>
      ))}
    </nav>
  )
}
