'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { type SyntheticEvent, useId, useState } from 'react'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Input, Textarea } from '@/components/ui/field'
import type { ExpiryWarning } from '@/domain/certifications/warning-schema'
import { ApiProblem } from '@/lib/api-client'
import { formatDate } from '@/lib/i18n/format'
import {
  findErrors,
  MAX_OWNER,
  MAX_REASON,
  type SnoozeChoice,
  type SnoozeErrors,
  SPANS,
  snoozeBounds,
} from './snooze-choice'

interface Props {
  rows: readonly ExpiryWarning[]
  leftOut: number
  today: string
  choice: SnoozeChoice
  /** Why the last attempt was refused: what was typed is kept. */
  refusal: unknown
  onChange: (choice: SnoozeChoice) => void
  onClose: () => void
  onSnooze: () => void
}

/** Asks until when, why, and who follows it up; says that the pause comes all the same. */
export default function SnoozeDialog({ rows, leftOut, today, choice, refusal, onChange, onClose, onSnooze }: Props) {
  const t = useTranslations('snooze')
  const format = useFormatter()
  const form = useId()
  const [tried, setTried] = useState(false)
  const [only] = rows.length === 1 ? rows : []
  const errors: SnoozeErrors = { ...refusedFields(refusal), ...(tried && findErrors(choice, today)) }
  const { first, last } = snoozeBounds(today)

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    setTried(true)
    if (Object.keys(findErrors(choice, today)).length === 0) onSnooze()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={only ? t('title', { name: only.full_name }) : t('titleMany', { count: rows.length })}
      description={
        only?.paused_from
          ? t('descriptionPause', { name: only.full_name, date: formatDate(format, only.paused_from) })
          : t('delaysNothing')
      }
      actions={
        <Button type="submit" form={form} variant="primary">
          {Object.keys(findErrors({ ...choice, reason: '-', owner: '-' }, today)).length === 0
            ? t('snoozeUntil', { date: formatDate(format, choice.until) })
            : t('snooze')}
        </Button>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="space-y-4">
        {refusal !== null && <Problem error={refusal} />}
        <div>
          <Input
            type="date"
            label={t('back')}
            hint={t('backHint')}
            value={choice.until}
            min={first}
            max={last}
            required
            error={errors.until && t('untilError')}
            onChange={(event) => onChange({ ...choice, until: event.target.value })}
          />
          <span className="mt-2 flex flex-wrap gap-2">
            {(['week', 'fortnight', 'month'] as const).map((span) => (
              <Button
                key={span}
                size="small"
                aria-pressed={choice.until === SPANS[span](today)}
                className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
                onClick={() => onChange({ ...choice, until: SPANS[span](today) })}
              >
                {t(span)}
              </Button>
            ))}
          </span>
        </div>
        <Textarea
          label={t('reason')}
          value={choice.reason}
          maxLength={MAX_REASON}
          required
          error={errors.reason && t('reasonError')}
          onChange={(event) => onChange({ ...choice, reason: event.target.value })}
        />
        <Input
          label={t('owner')}
          hint={t('ownerHint')}
          value={choice.owner}
          maxLength={MAX_OWNER}
          autoComplete="name"
          required
          error={errors.owner && t('ownerError')}
          onChange={(event) => onChange({ ...choice, owner: event.target.value })}
        />
        {leftOut > 0 && <p className="text-muted text-sm">{t('leftOut', { count: leftOut })}</p>}
      </form>
    </Dialog>
  )
}

/** The fields that the server found wanting. */
function refusedFields(refusal: unknown): SnoozeErrors {
  const pointers = refusal instanceof ApiProblem ? refusal.errors.map(({ pointer }) => pointer) : []
  return {
    ...(pointers.includes('/until') && { until: true }),
    ...(pointers.includes('/reason') && { reason: true }),
    ...(pointers.includes('/owner') && { owner: true }),
  }
}
