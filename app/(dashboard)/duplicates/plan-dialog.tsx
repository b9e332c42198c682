'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, type SyntheticEvent, useId } from 'react'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { type BatchChoice, type Chosen, decisionsOf } from './batch-choice'

interface Props {
  drafts: readonly Chosen[]
  /** How many were chosen beyond what can be planned together, or were touched since the list was read. */
  beyond: number
  leftOut: number
  choice: BatchChoice
  refusal: unknown
  pending: boolean
  onChange: (choice: BatchChoice) => void
  onClose: () => void
  onPlan: () => void
}

/** Asks what is to become of the chosen drafts; says that nothing is decided before the plan has been seen. */
export default function PlanDialog(props: Props) {
  const { drafts, beyond, leftOut, choice, refusal, pending, onChange } = props
  const t = useTranslations('planDialog')
  const form = useId()
  const ofTwo = drafts.filter((draft) => draft.two_mentors).length
  const count = decisionsOf(drafts, choice).length

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (count > 0 && !pending) props.onPlan()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={t('title', { count: drafts.length })}
      description={t('description')}
      actions={
        <Button type="submit" form={form} variant="primary" disabled={count === 0} aria-disabled={pending}>
          {pending ? t('planning') : t('preview', { count })}
        </Button>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-5">
        {refusal !== null && <Problem error={refusal} />}
        <Choice legend={t('what')}>
          {(['merge', 'keep_both', 'discard_draft'] as const).map((resolution) => (
            <Radio
              key={resolution}
              name="resolution"
              label={t(`resolutions.${resolution}`)}
              hint={t(`hints.${resolution}`)}
              checked={choice.resolution === resolution}
              onChoose={() => onChange({ ...choice, resolution })}
            />
          ))}
        </Choice>
        {ofTwo > 0 && choice.resolution !== 'keep_both' && (
          <Choice legend={t('ofTwo', { count: ofTwo })}>
            {(['co_led', 'keep_both', 'leave'] as const).map((one) => (
              <Radio
                key={one}
                name="of-two"
                label={t(`resolutions.${one}`)}
                hint={t(`hints.${one}`)}
                checked={choice.ofTwo === one}
                onChoose={() => onChange({ ...choice, ofTwo: one })}
              />
            ))}
          </Choice>
        )}
        {beyond > 0 && <p className="text-muted text-sm">{t('beyond', { count: drafts.length, beyond })}</p>}
        {leftOut > 0 && <p className="text-muted text-sm">{t('leftOut', { count: leftOut })}</p>}
      </form>
    </Dialog>
  )
}

function Choice({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <div className="grid gap-1.5">{children}</div>
    </fieldset>
  )
}

interface RadioProps {
  name: string
  label: string
  hint: string
  checked: boolean
  onChoose: () => void
}

function Radio({ name, label, hint, checked, onChoose }: RadioProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5 rounded-box border px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft">
      <input
        id={id}
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        aria-describedby={`${id}-hint`}
        // the choice that holds takes the keys
        data-autofocus={name === 'resolution' && checked ? '' : undefined}
        className="mt-1 size-4 shrink-0 accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block font-medium text-sm">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      </div>
    </div>
  )
}
