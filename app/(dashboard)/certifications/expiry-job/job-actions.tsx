'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { useProblemToast } from '@/components/problem'
import { toast } from '@/components/ui/toast'
import type { ExpiryJobRun, PlanOutdated } from '@/domain/expiry-job/schema'
import { ApiProblem, callApi } from '@/lib/api-client'
import { queryHref } from '@/lib/query-href'
import { CarryOutDialog, type Question } from './carry-out-dialog'
import { OPENED_RUN } from './opened-run'

interface Actions {
  /** Makes a plan and opens it. */
  readonly preview: () => void
  /** Asks, carries the plan out and opens the log. */
  readonly carryOut: (plan: Question['plan']) => void
  readonly previewing: boolean
  readonly running: boolean
}

const Context = createContext<Actions | null>(null)

export function useJobActions(): Actions {
  const actions = useContext(Context)
  if (!actions) throw new Error('useJobActions is for what stands within JobActions')
  return actions
}

/** What can be done on the screen of the expiry job: it outlives the plan or log that is open. */
export function JobActions({ children }: { children: ReactNode }) {
  const t = useTranslations('jobRuns')
  const report = useProblemToast()
  const open = useOpenRun()
  const [question, setQuestion] = useState<Question | null>(null)

  const preview = useMutation({
    mutationFn: () => callApi<ExpiryJobRun>(RUN, { method: 'POST', body: { dry_run: true } }),
    onSuccess({ body }) {
      setQuestion(null)
      tell(body, t('doneDry', { found: body.expired_found }), t('doneDryBody', { scanned: body.mentors_scanned }))
      open(body.job_run_id)
    },
    onError: report,
  })

  const run = useMutation({
    mutationFn: ({ plan, outdated }: Question) => {
      const query = new URLSearchParams({ plan: plan.job_run_id, ...(outdated && { confirm: outdated.confirm }) })
      return callApi<ExpiryJobRun>(`${RUN}?${query}`, { method: 'POST' })
    },
    onSuccess({ body }) {
      setQuestion(null)
      const { mentors_scanned: scanned, expired_found: found, auto_paused: paused } = body
      tell(body, t('done', { paused }), t('doneBody', { scanned, found }))
      open(body.job_run_id)
    },
    onError(error, asked) {
      if (error instanceof ApiProblem && error.code === 'plan_outdated') {
        const outdated = error.document as unknown as PlanOutdated
        setQuestion({ ...asked, outdated, again: asked.outdated !== null })
      } else setQuestion({ ...asked, refusal: error })
    },
  })

  function tell(done: ExpiryJobRun, title: string, description: string) {
    const failed = done.failures.length
    if (failed === 0) toast.success(title, { description })
    else toast.warning(title, { description: `${description} ${t('someFailed', { count: failed })}` })
  }

  const busy = preview.isPending || run.isPending
  const actions: Actions = {
    preview: () => !busy && preview.mutate(),
    carryOut: (plan) => !busy && setQuestion({ plan, outdated: null, again: false, refusal: null }),
    previewing: preview.isPending,
    running: run.isPending,
  }
  return (
    <Context value={actions}>
      {children}
      <p role="status" className="sr-only">
        {preview.isPending ? t('previewing') : run.isPending ? t('running') : ''}
      </p>
      {question && (
        <CarryOutDialog
          question={question}
          running={run.isPending}
          busy={busy}
          onClose={() => setQuestion(null)}
          onConfirm={() => !busy && run.mutate({ ...question, refusal: null })}
          onPreview={actions.preview}
        />
      )}
    </Context>
  )
}

const RUN = '/api/v1/certifications/expiry-job/run'

/** Goes to a run and puts the focus on its heading once it is there. */
function useOpenRun(): (id: string) => void {
  const router = useRouter()
  const shown = useSearchParams().get('run')
  const awaited = useRef<string | null>(null)
  useEffect(() => {
    if (awaited.current === null || awaited.current !== shown) return
    awaited.current = null
    document.getElementById(OPENED_RUN)?.focus()
  }, [shown])
  return (id) => {
    awaited.current = id
    router.push(queryHref('/certifications/expiry-job', { run: id }), { scroll: false })
    router.refresh()
  }
}
