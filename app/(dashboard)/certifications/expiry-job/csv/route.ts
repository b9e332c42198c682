import { getFormatter, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { expiryWords } from '@/components/reason-words'
import { getJobRun, type JobRunSummary, type RunLogEntry, readRunLog } from '@/domain/expiry-job/queries'
import { jobRunId } from '@/domain/expiry-job/schema'
import { requireSettings } from '@/domain/organisations/queries'
import { type CsvColumn, csvTime } from '@/lib/csv'
import { downloadCsv } from '@/lib/csv-download'
import { AppError } from '@/lib/errors'
import type { Formatter } from '@/lib/i18n/format'
import type { Words } from '@/lib/i18n/screen-words'
import { pageDb } from '@/lib/page-call'
import { readView, searchParamsOf } from '@/lib/view-query'

/** What a run logged, or could not do. */
type Line = (RunLogEntry & { readonly error: null }) | { readonly mentor_id: string; readonly error: string }

export function GET(request: Request): Promise<Response> {
  return downloadCsv(request, async (call) => {
    const { query } = readView(z.object({ run: jobRunId.optional() }), searchParamsOf(request))
    const run = query.run ? await getJobRun(pageDb(), call, query.run) : null
    if (!run) throw new AppError('not_found', 'There is no such run of the expiry job.')
    const t = await getTranslations()
    const { time_zone: timeZone } = await requireSettings(pageDb(), call)
    return {
      name: `${t('csv.files.runLog')}-${run.job_run_id}`,
      timeZone,
      columns: logColumns(t, await getFormatter(), timeZone, run),
      async *read(snapshot) {
        for await (const piece of readRunLog(snapshot, call, run.job_run_id)) {
          yield piece.map((entry) => ({ ...entry, error: null }))
        }
        if (run.failures.length > 0) yield run.failures
      },
    }
  })
}

function logColumns(t: Words, format: Formatter, timeZone: string, run: JobRunSummary): CsvColumn<Line>[] {
  return [
    { header: t('fields.run'), value: () => run.job_run_id },
    { header: t('csv.logId'), value: (line) => (line.error === null ? line.log_id : null) },
    { header: t('fields.mentorId'), value: (line) => line.mentor_id },
    { header: t('fields.name'), value: (line) => (line.error === null ? line.full_name : null) },
    {
      header: t('fields.reason'),
      value: (line) => (line.error === null ? (expiryWords(t, format, line.reason) ?? line.reason) : null),
    },
    {
      header: t('fields.changedAt'),
      value: (line) => (line.error === null ? csvTime(line.applied_at, timeZone) : null),
    },
    { header: t('jobRuns.error'), value: (line) => line.error },
  ]
}
