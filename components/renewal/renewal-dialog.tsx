'use client'

import { useFormatter, useTimeZone, useTranslations } from 'next-intl'
import { type SyntheticEvent, useDeferredValue, useId, useMemo, useState } from 'react'
import { ApiProblem } from '@/lib/api-client'
import { addMonths, localDate } from '@/lib/calendar'
import { formatDate } from '@/lib/i18n/format'
import { instantFromDate } from '@/lib/instant'
import { useCertificationTypeName } from '../certification-type'
import { useNow } from '../clock'
import { Problem } from '../problem'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Input } from '../ui/field'
import { PlannedList } from './planned-list'
import {
  BASES,
  MAX_MONTHS,
  planRenewals,
  type Renewable,
  type RenewalChoice,
  type RenewalResult,
  renewalResult,
} from './renewal-dates'

interface Props {
  rows: readonly Renewable[]
  /** How many were chosen with these, but had been changed since. */
  leftOut: number
  choice: RenewalChoice
  refusal: unknown
  onChange: (choice: RenewalChoice) => void
  onClose: () => void
  onRenew: (planned: readonly { readonly row: Renewable; readonly lastDay: string }[]) => void
}

/** Shows the last valid day of each certification before anything is saved, and which ones the choice leaves out. */
export default function RenewalDialog({ rows, leftOut, choice, refusal, onChange, onClose, onRenew }: Props) {
  const t = useTranslations('renewal')
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  const timeZone = useTimeZone() ?? 'UTC'
  const today = localDate(instantFromDate(useNow()), timeZone)
  const form = useId()
  const [tried, setTried] = useState(false)

  // typing goes before drawing hundreds of rows
  const drawn = useDeferredValue(choice)
  const planned = useMemo(() => planRenewals(drawn, rows, { today, timeZone }), [drawn, rows, today, timeZone])
  const [only] = rows.length === 1 ? rows : []
  const renewable = planned.flatMap(({ row, result }) =>
    'lastDay' in result ? [{ row, lastDay: result.lastDay }] : [],
  )
  const error = fieldError(planned, choice)
  const lifting = rows.filter((row) => row.auto_pause_applied).length
  const said = refusal instanceof ApiProblem && refusal.errors.some(({ pointer }) => pointer === '/expires_at')

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    setTried(true)
    const chosen = drawn === choice ? renewable : []
    if (chosen.length > 0) onRenew(chosen)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={only ? t('title', { name: only.full_name }) : t('titleMany', { count: rows.length })}
      description={
        only
          ? t('description', {
              type: typeName(only.certification_type),
              days: only.days_left,
              past: String(only.days_left < 0),
              date: formatDate(format, only.expires_at),
            })
          : t('descriptionMany')
      }
      actions={
        <Button type="submit" form={form} variant="primary">
          {only && renewable[0]
            ? t('renewTo', { date: formatDate(format, renewable[0].lastDay) })
            : t('renewMany', { count: renewable.length })}
        </Button>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="space-y-4">
        {refusal !== null && <Problem error={refusal} />}
        <fieldset>
          <legend className="mb-1 font-medium text-sm">{t('basis')}</legend>
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
                {t(basis)} {only && <Outcome result={renewalResult({ ...choice, basis }, only, { today, timeZone })} />}
              </span>
            </label>
          ))}
        </fieldset>
        {choice.basis === 'fixed' ? (
          <Input
            type="date"
            label={t('lastDay')}
            value={choice.fixed}
            min={today}
            max={addMonths(today, MAX_MONTHS)}
            required
            error={messageOf(said ? 'refused' : tried ? error : null)}
            onChange={(event) => onChange({ ...choice, fixed: event.target.value })}
          />
        ) : (
          <Input
            inputMode="numeric"
            label={t('months')}
            hint={t(only ? 'monthsHint' : 'monthsHintMany')}
            value={choice.months}
            maxLength={3}
            required={Boolean(only)}
            error={messageOf(said ? 'refused' : tried || error === 'months' ? error : null)}
            onChange={(event) => onChange({ ...choice, months: event.target.value })}
          />
        )}
        {!only && <PlannedList planned={planned} />}
        {leftOut > 0 && <p className="text-muted text-sm">{t('leftOut', { count: leftOut })}</p>}
        {lifting > 0 && (
          <p className="text-muted text-sm">
            {only ? t('lifts', { name: only.full_name }) : t('liftsMany', { count: lifting })}
          </p>
        )}
      </form>
    </Dialog>
  )

  function messageOf(problem: FieldError | 'refused' | null) {
    return problem !== null && t(`errors.${problem}`)
  }
}

type FieldError = Extract<RenewalResult, { error: string }>['error'] | 'none'

/** What is wrong with the choice as a whole; of several, it is enough that one can be renewed so. */
function fieldError(planned: ReturnType<typeof planRenewals>, choice: RenewalChoice): FieldError | null {
  const errors = planned.map(({ result }) => ('error' in result ? result.error : null))
  const typed = errors.find((error) => error === 'months' || error === 'date')
  if (typed) return typed
  if (errors.includes(null)) return null
  return errors.length === 1 ? (errors[0] ?? null) : choice.basis === 'fixed' ? 'shorter' : 'none'
}

function Outcome({ result }: { result: RenewalResult }) {
  const t = useTranslations('renewal')
  const format = useFormatter()
  if ('lastDay' in result) {
    return <span className="text-muted">– {t('validThrough', { date: formatDate(format, result.lastDay) })}</span>
  }
  if (result.date === undefined) return null
  const date = formatDate(format, result.date)
  return (
    <span className="text-expired">– {t(result.error === 'past' ? 'wouldBePast' : 'wouldBeShorter', { date })}</span>
  )
}
