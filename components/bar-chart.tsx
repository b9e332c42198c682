import { clsx } from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'

export interface MonthBar {
  /** `YYYY-MM` */
  readonly month: string
  readonly value: number
  /** The part of `value` that is drawn in the full colour; all of it where left out. */
  readonly part?: number
}

interface Props {
  bars: readonly MonthBar[]
  /** Names the values; with `partLabel` and `restLabel` also the two parts of a bar. */
  valueLabel: string
  partLabel?: string
  restLabel?: string
}

/** Numbers per month as bars that the server draws, with the same numbers as a table behind them. */
export function BarChart({ bars, valueLabel, partLabel, restLabel }: Props) {
  const t = useTranslations('chart')
  const top = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <div>
      <div aria-hidden className="flex h-36 items-end gap-1 sm:gap-2">
        {bars.map((bar) => (
          <Bar key={bar.month} bar={bar} top={top} />
        ))}
      </div>
      <div aria-hidden className="mt-1 flex gap-1 border-t pt-1 sm:gap-2">
        {bars.map(({ month }) => (
          <MonthMark key={month} month={month} />
        ))}
      </div>
      {partLabel && restLabel && (
        <p aria-hidden className="mt-2 flex flex-wrap gap-x-4 text-muted text-xs">
          <Key className="bg-accent">{partLabel}</Key>
          <Key className="border border-accent bg-accent-soft">{restLabel}</Key>
        </p>
      )}
      <details className="mt-2 text-sm">
        <summary className="inline-flex min-h-6 items-center text-accent underline-offset-4 hover:underline">
          {t('asTable')}
        </summary>
        <Table bars={bars} valueLabel={valueLabel} partLabel={partLabel} />
      </details>
    </div>
  )
}

function Bar({ bar, top }: { bar: MonthBar; top: number }) {
  const { value, part = value } = bar
  return (
    <div className="flex h-full min-w-0 flex-1 flex-col justify-end">
      <span className="tabular text-center text-2xs text-muted">{value > 0 ? value : ''}</span>
      <div
        className={clsx('flex shrink-0 flex-col justify-end', value > part && 'border border-accent bg-accent-soft')}
        // the number above the bar takes a line of the height
        style={{ height: `calc((100% - 1rem) * ${value / top})` }}
      >
        <div className="bg-accent" style={{ height: `${value === 0 ? 0 : (part / value) * 100}%` }} />
      </div>
    </div>
  )
}

function MonthMark({ month }: { month: string }) {
  const format = useFormatter()
  const date = new Date(`${month}-01`)
  return (
    <span className="min-w-0 flex-1 text-center text-2xs text-muted">
      <span className="sm:hidden">{format.dateTime(date, { month: 'narrow', timeZone: 'UTC' })}</span>
      <span className="hidden sm:inline">{format.dateTime(date, { month: 'short', timeZone: 'UTC' })}</span>
    </span>
  )
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span className={clsx('size-2.5', className)} />
      {children}
    </span>
  )
}

function Table({
  bars,
  valueLabel,
  partLabel,
}: {
  bars: readonly MonthBar[]
  valueLabel: string
  partLabel?: string | undefined
}) {
  const t = useTranslations('chart')
  const format = useFormatter()
  const number = 'py-1 pl-4 text-right'
  return (
    <table className="mt-1">
      <thead>
        <tr className="border-b text-muted">
          <th scope="col" className="py-1 text-left font-medium">
            {t('month')}
          </th>
          <th scope="col" className={`${number} font-medium`}>
            {valueLabel}
          </th>
          {partLabel && (
            <th scope="col" className={`${number} font-medium`}>
              {partLabel}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {bars.map(({ month, value, part }) => (
          <tr key={month} className="border-b">
            <th scope="row" className="py-1 text-left font-normal">
              {format.dateTime(new Date(`${month}-01`), { month: 'long', year: 'numeric', timeZone: 'UTC' })}
            </th>
            <td className={number}>{format.number(value)}</td>
            {partLabel && <td className={number}>{format.number(part ?? value)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
