'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type SyntheticEvent, useState } from 'react'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import type { CountableSettings } from '@/domain/activities/countable-schema'
import { ApiProblem, callApi } from '@/lib/api-client'
import { isSame, STANDARD, type TypedSettings, typedOf, valuesOf } from './countable-values'

const PATH = '/api/v1/settings/countable'
const KEY = ['countable-settings']

/** What the organisation counts. What is typed is kept until it is saved, whatever the server says of it. */
export function CountableForm({ settings }: { settings: CountableSettings }) {
  const t = useTranslations('countable')
  const router = useRouter()
  const client = useQueryClient()
  const [typed, setTyped] = useState<TypedSettings | null>(null)
  // what was typed holds now
  if (typed && isSame(typed, settings)) setTyped(null)
  const read = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => callApi<CountableSettings>(PATH, { signal }),
    // the version that somebody begins to change: a change by another meanwhile is refused
    enabled: typed !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const save = useMutation({
    mutationFn: (values: TypedSettings) =>
      callApi<CountableSettings>(PATH, {
        method: 'PUT',
        body: valuesOf(values),
        ...(read.data?.etag && { ifMatch: read.data.etag }),
      }),
    onSuccess: () => toast.success(t('saved')),
    onSettled() {
      // also where somebody else has changed it: what holds now stands above what was typed
      router.refresh()
      return client.invalidateQueries({ queryKey: KEY })
    },
  })
  const shown = typed ?? typedOf(settings)
  const wrong = refusedFields(save.error)
  const change = (part: Partial<TypedSettings>) => setTyped({ ...shown, ...part })

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!save.isPending) save.mutate(shown)
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4 noscript:hidden">
      {save.error && wrong.length === 0 && <Problem error={save.error} />}
      <fieldset className="grid gap-4 sm:grid-cols-2">
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
      <p className="max-w-prose text-muted text-sm">{t('effect')}</p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" aria-disabled={save.isPending}>
          {save.isPending ? t('saving') : t('save')}
        </Button>
        <Button variant="quiet" onClick={() => change(typedOf(STANDARD))}>
          {t('standard')}
        </Button>
        {typed && (
          <Button
            variant="quiet"
            onClick={() => {
              setTyped(null)
              save.reset()
            }}
          >
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
