'use client'

import { ArrowRight, CircleX } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { memo, useId, useState } from 'react'
import { formatDate } from '@/lib/i18n/format'
import { useCertificationTypeName } from '../certification-type'
import { Button } from '../ui/button'
import type { PlannedRenewal } from './renewal-dates'

const AT_ONCE = 100

/** Each certification with its old and its new last day; those that are left out come first, with the reason. */
export const PlannedList = memo(function PlannedList({ planned }: { planned: readonly PlannedRenewal[] }) {
  const t = useTranslations('renewal')
  const heading = useId()
  const [shown, setShown] = useState(AT_ONCE)
  const left = planned.filter(({ result }) => 'error' in result).length
  return (
    <div>
      <h3 id={heading} className="mb-1 font-medium text-sm">
        {t('results')}
      </h3>
      <p role="status" className={left > 0 ? 'mb-1 text-expired text-sm' : 'sr-only'}>
        {left > 0 ? t('leftOutBy', { count: left }) : t('allIncluded', { count: planned.length })}
      </p>
      <section
        aria-labelledby={heading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-72 overflow-y-auto rounded-box border"
      >
        <ul className="divide-y text-sm">
          {planned.slice(0, shown).map((renewal) => (
            <Planned key={renewal.row.certification_id} renewal={renewal} />
          ))}
        </ul>
        {planned.length > shown && (
          <p className="border-t p-2 text-center">
            <Button size="small" variant="quiet" onClick={() => setShown(shown + AT_ONCE)}>
              {t('more', { count: Math.min(AT_ONCE, planned.length - shown) })}
            </Button>
          </p>
        )}
      </section>
    </div>
  )
})

function Planned({ renewal: { row, result } }: { renewal: PlannedRenewal }) {
  const t = useTranslations('renewal')
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  const included = 'lastDay' in result
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-3 py-1.5">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {row.full_name} <span className="text-muted text-xs">{typeName(row.certification_type)}</span>
      </span>
      <span className="tabular ml-auto inline-flex flex-wrap items-center gap-x-1.5">
        <span className="text-muted">{formatDate(format, row.expires_at)}</span>
        {included ? (
          <>
            <ArrowRight aria-hidden className="size-3.5 text-muted" />
            <span className="sr-only">{t('becomes')}</span>
            <strong className="font-medium">{formatDate(format, result.lastDay)}</strong>
          </>
        ) : (
          <span className="inline-flex items-center gap-1 text-expired">
            <CircleX aria-hidden className="size-3.5 shrink-0" />
            {whyLeftOut()}
          </span>
        )}
      </span>
    </li>
  )

  function whyLeftOut(): string {
    if (included) return ''
    if (result.date === undefined) return t('noDate')
    const date = formatDate(format, result.date)
    return t(result.error === 'past' ? 'wouldBePast' : 'wouldBeShorter', { date })
  }
}
