/** What is known of a mentor before the history is played: who it is and what happens when. */
export interface MentorPlan {
  readonly key: number
  readonly mentor_id: string
  readonly full_name: string
  readonly email: string | null
  readonly incomplete: boolean
  /** Times are milliseconds since 1970. */
  readonly created_at: number
  readonly last_heard_at: number | null
  readonly steps: readonly Step[]
}

/** A certification that is recorded: the first of its type, or a renewal. */
export interface Certify {
  readonly kind: 'certify'
  readonly at: number
  readonly type: string
  readonly issued_at: number
  readonly expires_at: number
  readonly id?: string
}

export interface Revoke {
  readonly kind: 'revoke'
  readonly at: number
  readonly type: string
}

/** A pause or resume by hand; `at` is when the server received it. */
export interface Report {
  readonly kind: 'report'
  readonly at: number
  readonly event_type: 'PauseMentorEvent' | 'ResumeMentorEvent'
  /** What the phone's clock said; null for a coordinator at the dashboard. */
  readonly client_at: number | null
  readonly reason: string | null
  readonly id?: string
  readonly acknowledged?: { readonly at: number; readonly note: string | null }
}

export type Step = Certify | Revoke | Report
