'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useProblemToast } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import type { ExpiryJobRun } from '@/domain/expiry-job/schema'
import { callApi } from '@/lib/api-client'
import { queryHref } from '@/lib/query-href'

/** Starts a run, a dry one at once and a real one after a question, and opens its log. */
export function RunButtons() {
  const t = useTranslations('jobRuns')
  const router = useRouter()
  const report = useProblemToast()
  const [asking, setAsking] = useState(false)

  const run = useMutation({
    mutationFn: (dryRun: boolean) =>
      callApi<ExpiryJobRun>('/api/v1/certifications/expiry-job/run', {
        method: 'POST',
        body: { dry_run: dryRun },
      }),
    onSuccess({ body }, dryRun) {
      const { mentors_scanned: scanned, expired_found: found, auto_paused: paused, failures } = body
      const title = dryRun ? t('doneDry', { found }) : t('done', { paused })
      const description = dryRun ? t('doneDryBody', { scanned }) : t('doneBody', { scanned, found })
      if (failures.length > 0) {
        toast.warning(title, { description: `${description} ${t('someFailed', { count: failures.length })}` })
      } else {
        toast.success(title, { description })
      }
      router.push(queryHref('/certifications/expiry-job', { run: body.job_run_id }), { scroll: false })
      router.refresh()
    },
    onError: report,
  })

  return (
    <>
      <Button
        className="noscript:hidden"
        aria-disabled={run.isPending}
        onClick={() => !run.isPending && run.mutate(true)}
      >
        {run.isPending && run.variables ? t('running') : t('dryRun')}
      </Button>
      <Button
        className="noscript:hidden"
        variant="primary"
        aria-disabled={run.isPending}
        onClick={() => !run.isPending && setAsking(true)}
      >
        {run.isPending && !run.variables ? t('running') : t('runNow')}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t('runTitle')}
        description={t('runDescription')}
        actions={
          <Button
            variant="primary"
            onClick={() => {
              setAsking(false)
              run.mutate(false)
            }}
          >
            {t('runNow')}
          </Button>
        }
      />
    </>
  )
}
