import { useFormatter, useTranslations } from 'next-intl'

interface Props {
  change: number
  /** Nothing of it has happened yet. */
  planned: boolean
}

/** What the decisions do to the number of countable activities, by the organisation's own rules. */
export function CountableChange({ change, planned }: Props) {
  const t = useTranslations('batch')
  const format = useFormatter()
  return (
    <p className="text-sm">
      {change === 0
        ? t(planned ? 'countableSamePlanned' : 'countableSame')
        : t(planned ? 'countablePlanned' : 'countable', {
            change: format.number(change, { signDisplay: 'exceptZero' }),
          })}{' '}
      <span className="text-muted">{t('notOfficial')}</span>
    </p>
  )
}
