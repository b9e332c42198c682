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

export const runExpiryJobQuery = z.object({
  plan: jobRunId.optional().meta({
    description:
      'A completed dry run: carries out exactly what it found. Where a run would find anything else by now, nothing is done and the answer is 409 `plan_outdated`.',
  }),
  confirm: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'Expected `confirm` of the answer that says what differs')
    .optional()
    .meta({
      description:
        'Only with `plan`: the `confirm` of a 409 `plan_outdated`. Carries out what that answer found, unless it has changed once more.',
      examples: ['5f0c2a91d4be7730'],
    }),
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

export const planParams = z.object({ job_run_id: jobRunId })

export const listPlanQuery = z.object({
  ...listQuery(['position'], 'position'),
})
export type ListPlanQuery = z.output<typeof listPlanQuery>

const planEntry = z.strictObject({
  position: z
    .int()
    .meta({ description: 'Its place in the plan, from 1: those who would be paused first, then by name.' }),
  mentor_id: mentorId,
  full_name: z.string(),
  certification_id: z.string().meta({ examples: ['cert_03PQ7SY1'] }),
  certification_type: z.string(),
  expires_at: wireInstant,
  consequence: z
    .enum(['pause', 'paused_by_hand', 'paused_by_certification'])
    .meta({ description: '`pause`: goes from active to paused. Whoever was paused already only gets the mark.' }),
  open_assignments: z.int().meta({ description: 'Assignments of the mentor that are open now.' }),
})
export type PlanEntry = z.output<typeof planEntry>

const planHead = {
  job_run_id: jobRunId,
  started_at: wireInstant,
  completed_at: wireInstant,
  mentors: z.int().meta({ description: 'Mentors in the plan.' }),
  mentors_to_pause: z.int().meta({ description: 'Those of them who would go from active to paused.' }),
  carried_out_by: jobRunId.nullable().meta({ description: 'The newest run that carried the plan out.' }),
}
export const planPage = z.strictObject({ ...planHead, ...listResponse(planEntry).shape })
export type PlanPage = z.output<typeof planPage>
export type Plan = Omit<PlanPage, 'data' | 'pagination'>

/** Why a certification that was planned or forecast is not found any more. */
export type GoneReason = 'renewed' | 'revoked' | 'deleted' | 'handled'

export interface PlanDifference {
  readonly kind: GoneReason | 'added' | 'paused_since' | 'active_since' | 'changed'
  readonly mentor_id: string
  readonly full_name: string
  readonly certification_id: string
  readonly certification_type: string
  readonly expires_at: string
}

/** The members of a 409 `plan_outdated` beyond those of every problem document; `_now` is what `confirm` stands for. */
export interface PlanOutdated {
  readonly counts: {
    readonly planned: number
    readonly found_now: number
    readonly mentors_now: number
    readonly mentors_to_pause_now: number
    readonly no_longer_found: number
    readonly newly_found: number
    readonly changed: number
  }
  /** The first hundred. */
  readonly differences: readonly PlanDifference[]
  readonly confirm: string
  readonly carried_out_by: string | null
}
