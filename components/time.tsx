'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { formatDate, formatExactly, formatMoment, formatRelative, wholeDaysSince } from '@/lib/i18n/format'
import { useNow } from './clock'

const MINUTE = 60_000

interface Props {
  /** RFC 3339, or `YYYY-MM-DD` with `as="date"`. */
  value: string
  as?: 'relative' | 'moment' | 'date'
}

/** A time as people write it, with the exact one on hover. */
export function Time({ value, as = 'relative' }: Props) {
  const format = useFormatter()
  const t = useTranslations('time')
  const present = useNow()
  if (as === 'date') {
    return (
      <time dateTime={value} className="whitespace-nowrap">
        {formatDate(format, value)}
      </time>
    )
  }
  // what has just happened does not lie ahead, though the present is up to a minute old
  const ahead = Date.parse(value) - present.getTime()
  const now = ahead > 0 && ahead <= MINUTE ? new Date(value) : present
  const days = wholeDaysSince(value, now)
  // Norwegian formatters say «for 3 døgn siden», which nobody says
  const relative = () => (days >= 1 && days < 60 ? t('daysAgo', { days }) : formatRelative(format, value, now))
  return (
    <time dateTime={value} title={formatExactly(format, value)} className="whitespace-nowrap">
      {as === 'moment' ? formatMoment(format, value) : relative()}
    </time>
  )
}
