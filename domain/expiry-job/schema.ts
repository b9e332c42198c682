import { z } from 'zod'
import { mentorId } from '@/domain/mentors/schema'
import { instantInput, listQuery, listResponse, wireInstant } from '@/lib/wire'

export const jobRunId = z
  .string()
  .regex(/^job_\d\d[A-Z]{3}\d{4}_\d{2,6}$/, 'Expected the id of a run, such as job_26MAR2026_01')
  .meta({ examples: ['job_26MAR2026_01'] })

export const runExpiryJobBody = z.object({
  dry_run: z.boolean().default(false).meta({ description: 'Finds the same, and pauses nobody.' }),
})

export const jobFailure = z.strictObject({ mentor_id: mentorId, error: z.string() })
export type JobFailure = z.output<typeof jobFailure>

export const expiryJobRun = z.strictObject({
  job_run_id: jobRunId,
  started_at: wireInstant,
  completed_at: wireInstant,
  mentors_scanned: z.int().meta({ description: 'Mentors that hold a certification.' }),
  expired_found: z.int().meta({ description: 'Lapsed certifications that no earlier run had handled.' }),
  auto_paused: z.int().meta({ description: 'Mentors who went from active to paused.' }),
  failures: z.array(jobFailure),
})
export type ExpiryJobRun = z.output<typeof expiryJobRun>

export const listLogsQuery = z.object({
  ...listQuery(['applied_at'], '-applied_at'),
  mentor_id: mentorId.optional(),
  job_run_id: jobRunId.optional(),
  applied_after: instantInput.optional().meta({ description: 'Later than this moment.' }),
  applied_before: instantInput.optional().meta({ description: 'Earlier than this moment.' }),
})
export type ListLogsQuery = z.output<typeof listLogsQuery>

export const autoPauseLog = z.strictObject({
  log_id: z.string().meta({ examples: ['log_01AAZ7BC'] }),
  mentor_id: mentorId,
  reason: z.string(),
  job_run_id: jobRunId,
  applied_at: wireInstant,
})
export type AutoPauseLog = z.output<typeof autoPauseLog>
export const autoPauseLogList = listResponse(autoPauseLog)
