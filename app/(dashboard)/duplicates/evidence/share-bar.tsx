import { useFormatter, useTranslations } from 'next-intl'
import { SmallNumber } from './small-number'

interface Props {
  /** Of `decided`. */
  count: number
  decided: number
  /** What was foretold, from and to, 0 to 1: drawn as a soft field behind the bar. */
  expected?: { readonly from: number; readonly to: number }
}

/** A share as a bar and as text; the bar adds nothing that the text does not say. */
export function ShareBar({ count, decided, expected }: Props) {
  const t = useTranslations('accuracy')
  const format = useFormatter()
  if (decided === 0) return <span className="text-muted">{t('none')}</span>
  const share = count / decided
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      <span aria-hidden className="relative block h-4 w-32 shrink-0 overflow-hidden rounded-xs bg-subtle @4xl:w-44">
        {expected && (
          <span
            className="absolute inset-y-0 border-accent border-x bg-accent-soft"
            style={{ left: `${expected.from * 100}%`, width: `${(expected.to - expected.from) * 100}%` }}
          />
        )}
        <span className="absolute inset-y-1 left-0 bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="tabular whitespace-nowrap">
        {t('share', { share: format.number(share, { style: 'percent' }), count, decided })}
      </span>
      <SmallNumber decided={decided} />
    </span>
  )
}
