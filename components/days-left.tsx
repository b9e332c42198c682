import { useTranslations } from 'next-intl'

/** `12 dager igjen`, `i dag`, `for 3 dager siden`: whole calendar days in the organisation's zone. */
export function DaysLeft({ days }: { days: number }) {
  const t = useTranslations('time')
  return (
    <span className="tabular whitespace-nowrap">
      {days < 0 ? t('daysAgo', { days: -days }) : t('daysLeft', { days })}
    </span>
  )
}
