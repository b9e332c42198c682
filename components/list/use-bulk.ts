'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { newIdempotencyKey } from '@/lib/api-client'
import { useProblemToast } from '../problem'
import { VIEWS } from '../use-view'
import { type BulkRow, type Chunk, chunksOf, type RowResult, type SendChunk, sendInChunks } from './send-in-chunks'

export interface BulkJob<Row extends BulkRow> {
  readonly rows: readonly Row[]
  readonly send: SendChunk<Row>
  /** How many matched, but had been changed since the list was read. */
  readonly leftOut?: number
  /** What the toast says once all is done. */
  readonly told: (count: number) => string
  /** What it says of those that were so already. */
  readonly toldUnchanged?: (count: number) => string
  /** Takes back what was done. */
  readonly undo?: (done: readonly Row[]) => void
  /** As these are sent, for the first time or again. */
  readonly onSend?: (rows: readonly Row[]) => void
  /** After each chunk. */
  readonly onAnswer?: (results: readonly RowResult[]) => void
  /** When nothing more is on its way; `unsent` may be sent again by the person. */
  readonly onEnd?: (report: BulkReport) => void
}

export interface BulkReport {
  readonly done: readonly RowResult[]
  readonly unchanged: number
  readonly refused: readonly RowResult[]
  readonly unsent: readonly BulkRow[]
  /** Why they were not; null where somebody stopped. */
  readonly error: unknown
  readonly leftOut: number
  readonly retry: () => void
  readonly undo: (() => void) | null
}

interface Running {
  readonly answered: number
  readonly total: number
  readonly stop: AbortController
}

export interface Bulk {
  readonly run: <Row extends BulkRow>(job: BulkJob<Row>) => void
  /** What is on its way; null where nothing is. */
  readonly progress: { readonly answered: number; readonly total: number; readonly stopping: boolean } | null
  readonly stop: () => void
  /** What was not wholly done and has not been looked at. */
  readonly report: BulkReport | null
  readonly dismiss: () => void
}

/**
 * Sends many rows in chunks and never ends in silence: a toast (with Undo) where all was done, else a report for
 * `BulkResults`, with what was not sent to be sent again. When nothing is on its way any more, all views are read anew.
 */
export function useBulk(): Bulk {
  const t = useTranslations('list')
  const client = useQueryClient()
  const router = useRouter()
  const reportProblem = useProblemToast()
  const [running, setRunning] = useState<ReadonlyMap<object, Running>>(new Map())
  const [reports, setReports] = useState<readonly BulkReport[]>([])
  const mounted = useMounted()
  const underWay = useRef(0)

  async function send<Row extends BulkRow>(
    job: BulkJob<Row>,
    chunks: readonly Chunk<Row>[],
    earlier: readonly RowResult[],
  ): Promise<void> {
    const stop = new AbortController()
    const total = earlier.length + chunks.reduce((sum, chunk) => sum + chunk.rows.length, 0)
    const show = (answered: number) => setRunning((all) => new Map(all).set(stop, { answered, total, stop }))
    let answered = earlier.length
    show(answered)
    job.onSend?.(chunks.flatMap((chunk) => chunk.rows))
    underWay.current++
    const sent = await sendInChunks(chunks, job.send, stop.signal, (results) => {
      answered += results.length
      show(answered)
      job.onAnswer?.(results)
    })
    setRunning((all) => new Map([...all].filter(([key]) => key !== stop)))
    const results = [...earlier, ...sent.results]
    const report = reportOf(job, results, sent.unsent, sent.error, () => void send(job, sent.unsent, results))
    job.onEnd?.(report)
    tell(job, report)
    if (--underWay.current > 0) return
    void client.invalidateQueries({ queryKey: [VIEWS] })
    // the screen that it was left for may have been drawn before
    if (!mounted.current) router.refresh()
  }

  function tell<Row extends BulkRow>(job: BulkJob<Row>, report: BulkReport): void {
    const { done, unchanged, refused, unsent, leftOut, undo, error } = report
    const open = refused.length + unsent.length
    const sentences = [
      done.length > 0 && job.told(done.length),
      unchanged > 0 && (job.toldUnchanged?.(unchanged) ?? t('unchanged', { count: unchanged })),
      leftOut > 0 && t('leftOut', { count: leftOut }),
    ].filter((sentence) => sentence !== false)
    const [title, ...more] = sentences
    const description = more.join(' ') || undefined
    if (open > 0 && job.rows.length > 1 && mounted.current) setReports((all) => [...all, report])
    else if (open > 1) toast.error(t('notAll', { count: open }), { description: t('notAllElsewhere') })
    else if (refused[0]) toast.error(t('refusedOne', { name: refused[0].name }), { description: refused[0].why })
    else if (unsent.length > 0) reportProblem(error)
    else if (done.length === 0) toast.info(title, { description })
    else toast.success(title, { description, ...(undo && { action: { label: t('undo'), onClick: undo } }) })
  }

  useEffect(() => {
    if (running.size === 0) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [running.size])

  const jobs = [...running.values()]
  return {
    run: (job) => void send(job, chunksOf(job.rows, newIdempotencyKey), []),
    progress:
      jobs.length === 0
        ? null
        : {
            answered: jobs.reduce((sum, job) => sum + job.answered, 0),
            total: jobs.reduce((sum, job) => sum + job.total, 0),
            stopping: jobs.every((job) => job.stop.signal.aborted),
          },
    stop() {
      for (const { stop } of jobs) stop.abort()
      setRunning((all) => new Map(all))
    },
    report: reports[0] ?? null,
    dismiss: () => setReports((all) => all.slice(1)),
  }
}

function reportOf<Row extends BulkRow>(
  job: BulkJob<Row>,
  results: readonly RowResult[],
  unsent: readonly Chunk<Row>[],
  error: unknown,
  retry: () => void,
): BulkReport {
  const done = results.filter((result) => result.outcome === 'done')
  const ids = new Set(done.map(({ id }) => id))
  const { undo, leftOut = 0 } = job
  return {
    done,
    unchanged: results.filter((result) => result.outcome === 'unchanged').length,
    refused: results.filter((result) => result.outcome === 'refused'),
    unsent: unsent.flatMap((chunk) => chunk.rows),
    error,
    leftOut,
    retry,
    undo: undo && done.length > 0 ? () => undo(job.rows.filter((row) => ids.has(row.id))) : null,
  }
}

function useMounted() {
  const mounted = useRef(false)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  return mounted
}
