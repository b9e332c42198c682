'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useFormatter, useNow, useTimeZone, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useProblemToast } from '@/components/problem'
import { toast } from '@/components/ui/toast'
import type { PutCertification } from '@/domain/certifications/schema'
import { callApi } from '@/lib/api-client'
import { endOfDay } from '@/lib/calendar'
import { formatDate } from '@/lib/i18n/format'
import { type Renewal, RenewDialog } from './renew-dialog'
import { proposeRenewal } from './renewal-dates'
import { renewButtonId, type Warning } from './warning'
import { WarningTable } from './warning-table'

/** The warnings of one window. A renewed one leaves at once, and comes back with the reason if the server refuses. */
export function WarningList({ warnings }: { warnings: readonly Warning[] }) {
  const t = useTranslations('toasts')
  const format = useFormatter()
  const router = useRouter()
  const now = useNow()
  const timeZone = useTimeZone() ?? 'UTC'
  const report = useProblemToast()
  const list = useRef<HTMLDivElement>(null)
  const [renewal, setRenewal] = useState<Renewal | null>(null)
  // by version: should a renewed one still belong here, the server's next answer shows it again
  const [renewed, setRenewed] = useState<ReadonlyMap<string, number>>(new Map())
  const choosing = useRef(false)
  const [focus, setFocus] = useState<{ readonly id: string | null } | null>(null)
  const shown = warnings.filter(({ certification_id: id, version }) => renewed.get(id) !== version)

  useEffect(() => {
    choosing.current = renewal !== null
  }, [renewal])

  useEffect(() => {
    if (!focus) return
    const button = focus.id === null ? null : document.getElementById(renewButtonId(focus.id))
    const target = button ?? list.current
    target?.focus()
  }, [focus])

  const renew = useMutation({
    mutationFn: ({ warning, lastDay }: Renewal & { readonly lastDay: string }) =>
      callApi<PutCertification>(`/api/v1/certifications/${warning.certification_id}`, {
        method: 'PUT',
        body: { issued_at: now.toISOString(), expires_at: endOfDay(lastDay, timeZone), status: 'valid' },
        ifMatch: `"${warning.version}"`,
      }),
    onMutate({ warning }) {
      const index = shown.indexOf(warning)
      setRenewal(null)
      setRenewed((before) => new Map(before).set(warning.certification_id, warning.version))
      setFocus({ id: (shown[index + 1] ?? shown[index - 1])?.certification_id ?? null })
    },
    onSuccess(_, { warning, lastDay }) {
      toast.success(t('renewed', { name: warning.full_name, date: formatDate(format, lastDay) }))
      router.refresh()
    },
    onError(error, { warning, choice }) {
      setRenewed((before) => new Map([...before].filter(([id]) => id !== warning.certification_id)))
      // what is being chosen for another mentor meanwhile stays open
      if (choosing.current) report(error)
      else setRenewal({ warning, choice, refusal: error })
    },
  })

  return (
    <div ref={list} tabIndex={-1}>
      <WarningTable
        warnings={shown}
        onRenew={(warning) => setRenewal({ warning, choice: proposeRenewal(warning), refusal: null })}
      />
      {renewal && (
        <RenewDialog
          renewal={renewal}
          onChange={(choice) => setRenewal({ ...renewal, choice })}
          onClose={() => setRenewal(null)}
          onRenew={(lastDay) => renew.mutate({ ...renewal, lastDay })}
        />
      )}
    </div>
  )
}
