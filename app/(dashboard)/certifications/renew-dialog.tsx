'use client'

import { useFormatter, useNow, useTimeZone, useTranslations } from 'next-intl'
import { type SyntheticEvent, useId, useState } from 'react'
import { useCertificationTypeName } from '@/components/certification-type'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/field'
import { addMonths, localDate } from '@/lib/calendar'
import { formatDate } from '@/lib/i18n/format'
import { instantFromDate } from '@/lib/instant'
import { BASES, type Basis, MAX_MONTHS, type RenewalChoice, renewalResult } from './renewal-dates'
import type { Warning } from './warning'

export interface Renewal {
  readonly warning: Warning
  readonly choice: RenewalChoice
  /** Why the last attempt was refused: what had been chosen is kept. */
  readonly refusal: unknown
}

interface Props {
  renewal: Renewal
  onChange: (choice: RenewalChoice) => void
  onClose: () => void
  onRenew: (lastDay: string) => void
}

/** Shows the last valid day of each way of counting before anything is saved. */
export function RenewDialog({ renewal: { warning, choice, refusal }, onChange, onClose, onRenew }: Props) {
  const t = useTranslations()
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  const timeZone = useTimeZone() ?? 'UTC'
  const today = localDate(instantFromDate(useNow()), timeZone)
  const form = useId()
  const [tried, setTried] = useState(false)

  const resultOf = (basis: Basis) => renewalResult({ ...choice, basis }, warning.expires_at, { today, timeZone })
  const result = resultOf(choice.basis)
  const error = 'error' in result ? result.error : null

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    setTried(true)
    if ('lastDay' in result) onRenew(result.lastDay)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('expiry.renewTitle', { name: warning.full_name })}
      description={t('expiry.renewDescription', {
        type: typeName(warning.certification_type),
        days: warning.days_left,
        past: String(warning.state === 'expired'),
        date: formatDate(format, warning.expires_at),
      })}
      actions={
        <Button type="submit" form={form} variant="primary">
          {'lastDay' in result ? t('expiry.renewTo', { date: formatDate(format, result.lastDay) }) : t('actions.renew')}
        </Button>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="space-y-4">
        {refusal !== null && <Problem error={refusal} />}
        <fieldset>
          <legend className="mb-1 font-medium text-sm">{t('expiry.basis')}</legend>
          {BASES.map((basis) => (
            <label key={basis} className="flex min-h-9 cursor-pointer items-baseline gap-2 py-1 text-sm">
              <input
                type="radio"
                name="basis"
                value={basis}
                checked={choice.basis === basis}
                onChange={() => onChange({ ...choice, basis })}
                className="size-4 shrink-0 translate-y-0.5 accent-accent"
              />
              <span>
                {t(`expiry.${basis}`)} <Outcome result={resultOf(basis)} />
              </span>
            </label>
          ))}
        </fieldset>
        {choice.basis === 'fixed' ? (
          <Input
            type="date"
            label={t('expiry.lastDay')}
            value={choice.fixed}
            min={today}
            max={addMonths(today, MAX_MONTHS)}
            required
            error={tried && error === 'date' && t('expiry.dateError')}
            onChange={(event) => onChange({ ...choice, fixed: event.target.value })}
          />
        ) : (
          <Input
            inputMode="numeric"
            label={t('expiry.months')}
            hint={t('expiry.monthsHint')}
            value={choice.months}
            maxLength={3}
            required
            error={
              (error === 'months' && t('expiry.monthsError')) || (tried && error === 'past' && t('expiry.pastError'))
            }
            onChange={(event) => onChange({ ...choice, months: event.target.value })}
          />
        )}
        {warning.paused && <p className="text-muted text-sm">{t('expiry.resumes', { name: warning.full_name })}</p>}
      </form>
    </Dialog>
  )
}

function Outcome({ result }: { result: ReturnType<typeof renewalResult> }) {
  const t = useTranslations('expiry')
  const format = useFormatter()
  if ('lastDay' in result) {
    return <span className="text-muted">– {t('validThrough', { date: formatDate(format, result.lastDay) })}</span>
  }
  if (result.error !== 'past' || result.date === undefined) return null
  return <span className="text-expired">– {t('wouldBePast', { date: formatDate(format, result.date) })}</span>
}
