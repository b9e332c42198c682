'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type SyntheticEvent, useState } from 'react'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { ApiProblem, callApi } from '@/lib/api-client'
import { type CountableSettings, STANDARD, type TypedSettings, typedOf, valuesOf } from './countable-values'

const PATH = '/api/v1/settings/countable'

interface Props {
  settings: CountableSettings
  /** What is changed is this one: a change by somebody else meanwhile is refused. */
  version: number
}

/** What the organisation counts. What is typed is kept until it is saved, whatever the server says of it. */
export function CountableForm({ settings, version }: Props) {
  const t = useTranslations('countable')
  const router = useRouter()
  const [typed, setTyped] = useState<TypedSettings | null>(null)
  const shown = typed ?? typedOf(settings)
  const save = useMutation({
    mutationFn: (values: TypedSettings) =>
      callApi<CountableSettings>(PATH, { method: 'PUT', body: valuesOf(values), ifMatch: `"${version}"` }),
    onSuccess(_, sent) {
      toast.success(t('saved'))
      // what was typed meanwhile stays
      setTyped((now) => (now === sent ? null : now))
    },
    // also where somebody else has changed it: what holds now stands beside what was typed
    onSettled: () => router.refresh(),
  })
  const wrong = refusedFields(save.error)
  const change = (part: Partial<TypedSettings>) => setTyped({ ...shown, ...part })

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (save.isPending) return
    setTyped(shown)
    save.mutate(shown)
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {save.error && wrong.length === 0 && <Problem error={save.error} />}
      <p className="text-sm">{t(settings.once_a_day ? 'nowOnce' : 'now', { ...settings })}</p>
      <fieldset className="grid gap-4 noscript:hidden sm:grid-cols-2">
        <legend className="sr-only">{t('title')}</legend>
        <Input
          type="number"
          inputMode="numeric"
          label={t('participants')}
          value={shown.participants}
          error={wrong.includes('participants') && t('participantsError')}
          onChange={(event) => change({ participants: event.target.value })}
        />
        <Input
          type="number"
          inputMode="numeric"
          label={t('minutes')}
          value={shown.minutes}
          error={wrong.includes('minutes') && t('minutesError')}
          onChange={(event) => change({ minutes: event.target.value })}
        />
        <div className="sm:col-span-2">
          <Checkbox
            label={t('onceADay')}
            checked={shown.once_a_day}
            onChange={(event) => change({ once_a_day: event.target.checked })}
          />
        </div>
      </fieldset>
      <p className="text-muted text-sm">{t('effect')}</p>
      <div className="flex flex-wrap gap-2 noscript:hidden">
        <Button type="submit" variant="primary" aria-disabled={save.isPending}>
          {save.isPending ? t('saving') : t('save')}
        </Button>
        <Button variant="quiet" onClick={() => setTyped(typedOf(STANDARD))}>
          {t('standard')}
        </Button>
        {typed && (
          <Button variant="quiet" onClick={() => setTyped(null)}>
            {t('discard')}
          </Button>
        )}
      </div>
    </form>
  )
}

/** The fields that the server found wanting. */
function refusedFields(error: unknown): readonly string[] {
  if (!(error instanceof ApiProblem)) return []
  const fields = error.errors.map(({ pointer }) => pointer.slice(1))
  return fields.filter((field) => field === 'participants' || field === 'minutes')
}
