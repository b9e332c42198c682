import { clsx } from 'clsx'
import { type Messages, useFormatter, useTranslations } from 'next-intl'
import type { DuplicateReview, ReviewCandidate } from '@/domain/duplicate-events/review-schema'
import { useProbabilityText } from '../field-text'
import { useLevelText } from '../why'

interface Props {
  review: DuplicateReview
  candidate: ReviewCandidate
}

/** One bar per comparison, to the right for and to the left against, and the sum that they add up to. */
export function EvidenceBars({ review: { prior, threshold }, candidate: { evidence, probability } }: Props) {
  const t = useTranslations('duplicates')
  const levelText = useLevelText()
  const probabilityText = useProbabilityText()
  const labelOf = (field: string) => {
    const key = `comparisons.${field}` as `comparisons.${keyof Messages['duplicates']['comparisons']}`
    return t.has(key) ? t(key) : field
  }
  const sum = evidence.reduce((total, { weight }) => total + weight, prior)
  const widest = Math.max(Math.abs(prior), Math.abs(sum), ...evidence.map(({ weight }) => Math.abs(weight)))
  return (
    <>
      <p className="mb-3 text-muted text-sm">{t('evidenceHint')}</p>
      <ul className="grid gap-1.5 text-sm">
        <Bar label={t('prior')} words={t('priorWords')} weight={prior} widest={widest} />
        {evidence.map((one) => (
          <Bar key={one.field} label={labelOf(one.field)} words={levelText(one)} weight={one.weight} widest={widest} />
        ))}
        <Bar
          label={t('sum')}
          words={t('sumWords', { probability: probabilityText(probability) })}
          weight={sum}
          widest={widest}
          total
        />
      </ul>
      <p className="mt-3 text-muted text-sm">
        {t(probability >= threshold ? 'overThreshold' : 'underThreshold', { threshold: probabilityText(threshold) })}
      </p>
    </>
  )
}

interface BarProps {
  label: string
  words: string
  weight: number
  widest: number
  total?: boolean
}

function Bar({ label, words, weight, widest, total = false }: BarProps) {
  const format = useFormatter()
  const width = `${(Math.abs(weight) / widest) * 50}%`
  return (
    <li
      className={clsx(
        'grid grid-cols-[minmax(0,1fr)_minmax(0,8rem)_3rem] items-center gap-x-3',
        total && 'border-t pt-1.5 font-medium',
      )}
    >
      <span className="min-w-0">
        {label} <span className="font-normal text-muted text-xs">{words}</span>
      </span>
      <span aria-hidden className="relative h-3">
        <span className="absolute inset-y-0 left-1/2 w-px bg-control" />
        <span
          className={clsx('absolute inset-y-0.5', weight < 0 ? 'right-1/2 bg-expiring' : 'left-1/2 bg-accent')}
          style={{ width }}
        />
      </span>
      <span className="tabular text-right">
        {format.number(weight, { signDisplay: 'exceptZero', minimumFractionDigits: 1, maximumFractionDigits: 1 })}
      </span>
    </li>
  )
}
