import { useFormatter, useNow } from 'next-intl'
import { formatDate, formatExactly, formatMoment, formatRelative } from '@/lib/i18n/format'

interface Props {
  /** RFC 3339, or `YYYY-MM-DD` with `as="date"`. */
  value: string
  as?: 'relative' | 'moment' | 'date'
}

/** A time as people write it, with the exact one on hover. */
export function Time({ value, as = 'relative' }: Props) {
  const format = useFormatter()
  const now = useNow()
  if (as === 'date') return <time dateTime={value}>{formatDate(format, value)}</time>
  return (
    <time dateTime={value} title={formatExactly(format, value)}>
      {as === 'moment' ? formatMoment(format, value) : formatRelative(format, value, now)}
    </time>
  )
}
