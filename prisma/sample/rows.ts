import type { ActivityFields } from '@/domain/activities/schema'
import type { Receipt } from '@/domain/duplicate-events/merge-plan'
import type { DraftActivity } from '@/domain/duplicate-events/schema'

/** Rows as the tables take them, without the organisation, which is the same for all. Times are RFC 3339. */
export interface MentorRow {
  key: number
  mentor_id: string
  full_name: string
  email: string | null
  incomplete: boolean
  search_text: string
  paused_by_hand: boolean
  paused_by_certification: boolean
  hand_effective_at: string | null
  status_updated_at: string
  first_expiry: string | null
  last_expiry: string | null
  last_heard_at: string | null
  revision: number
  created_at: string
  updated_at: string
}

export interface CertificationRow {
  key: number
  id: string
  mentor_key: number
  certification_type: string
  issued_at: string
  expires_at: string
  revoked_at: string | null
  is_current: boolean
  auto_pause_applied_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export interface SnoozeRow {
  certification_key: number
  reason: string
  owner: string
  /** `YYYY-MM-DD` */
  until: string
  expires_at: string
  version: number
  created_at: string
  created_by: string
}

export interface JobRunRow {
  key: number
  id: string
  trigger: 'manual' | 'nightly' | 'command'
  slot: string | null
  dry_run: boolean
  actor: string
  started_at: string
  completed_at: string
  mentors_scanned: number
  expired_found: number
  auto_paused: number
  failures: readonly { mentor_id: string; error: string }[]
  forecast: number
  forecast_until: string
}

export interface AutoPauseLogRow {
  key: number
  id: string
  mentor_key: number
  certification_id: string
  job_run_key: number
  reason: string
  applied_at: string
}

export interface SyncEventRow {
  key: number
  id: string
  mentor_key: number
  origin: 'app' | 'server'
  event_type: 'PauseMentorEvent' | 'ResumeMentorEvent'
  reason: string | null
  note: string | null
  client_timestamp: string | null
  effective_at: string
  server_timestamp: string
  accepted: boolean
  rejection_reason: 'superseded' | null
  resulting_status: 'active' | 'paused'
  held_by: 'certification_expired' | null
  acknowledged_at: string | null
  acknowledged_by: string | null
  version: number
  updated_at: string
}

export interface BlocEventRow {
  key: number
  number: number
  mentor_key: number
  event_type: 'LoadCertificationEvent' | 'EnrolInCourseEvent' | 'RecordRenewalEvent'
  payload: object | null
  processed: boolean
  error: string | null
  applied: object | null
  version: number
  fired_at: string
  updated_at: string
}

export interface AssignmentRow {
  key: number
  id: string
  mentor_key: number
  contact_name: string
  status: 'open' | 'on_hold' | 'closed'
  opened_at: string
  closed_at: string | null
}

export interface ActivityRow {
  key: number
  mentor_key: number
  activity_type_id: string
  date: string
  title: string | null
  duration_minutes: number | null
  location: string | null
  starts_at: string | null
  participant_count: number | null
  notes: string | null
  extra: Readonly<Record<string, unknown>>
  version: number
  content_version: number
  created_at: string
  updated_at: string
}

export interface CoLeaderRow {
  activity_key: number
  mentor_key: number
}

/** A decision that did not stand. */
export interface TakenBack {
  readonly resolution: 'merge'
  readonly receipt: Receipt
  /** The activity it went into, and what that said until then. */
  readonly activity_key: number
  readonly merged: ActivityFields
  readonly decided_at: string
}

export interface DuplicateEventRow {
  key: number
  number: number
  event_type: 'check' | 'merge'
  mentor_key: number
  activity_type_id: string
  date: string
  draft: DraftActivity | null
  state: 'duplicate_found' | 'clear' | 'resolved' | 'failed'
  check_number: number | null
  error: string | null
  review_version: number
  activity_key: number | null
  resolution: 'reviewed' | 'merge' | 'keep_both' | 'co_led' | 'discard_draft' | null
  resolved_from: 'duplicate_found' | 'clear' | null
  receipt: Receipt | null
  /** Before the event came to wait again; it was changed last then. */
  taken_back?: TakenBack
  resolved_by: string | null
  annotation: string | null
  version: number
  dispatched_at: string
  last_updated_at: string | null
}

/** Two activities that were decided not to be duplicates, with what they said then. */
export interface DistinctPairRow {
  activity_key: number
  content_version: number
  content: ActivityFields
  other_activity_key: number
  other_content_version: number
  other_content: ActivityFields
  decided_by: string
  decided_at: string
}

export interface ChangeRow {
  type: 'mentor' | 'certification' | 'sync_event' | 'bloc_event' | 'duplicate_event' | 'activity' | 'job_run'
  id: string
  /** Null for what is nobody's. */
  mentor_key: number | null
  revision: number | null
  action: string
  actor: string
  at: string
  before: object | null
  after: object | null
  request_id: string
}
