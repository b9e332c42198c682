import 'server-only'
import { sql } from '@/lib/db'
import { type Instant, wireTime, wireTimeOrNull } from '@/lib/instant'
import { statusAt } from './expiry-rules'
import type { CertificationItem } from './schema'

/** A certification as it is stored. */
export interface CertificationRow {
  readonly key: number
  readonly id: string
  readonly mentor_key: number
  readonly certification_type: string
  readonly issued_at: Instant
  readonly expires_at: Instant
  readonly revoked_at: Instant | null
  readonly is_current: boolean
  readonly auto_pause_applied_at: Instant | null
  readonly version: number
  readonly created_at: Instant
  readonly updated_at: Instant
}

export const certificationColumns = sql`key, id, mentor_key, certification_type, issued_at, expires_at, revoked_at, is_current,
  auto_pause_applied_at, version, created_at, updated_at`

/** The keys that list, record and POST share, in their order. */
export function toItem(
  row: Pick<
    CertificationRow,
    'id' | 'certification_type' | 'issued_at' | 'expires_at' | 'revoked_at' | 'auto_pause_applied_at'
  >,
  mentorId: string,
  now: Instant,
): CertificationItem {
  return {
    certification_id: row.id,
    mentor_id: mentorId,
    certification_type: row.certification_type,
    issued_at: wireTime(row.issued_at),
    expires_at: wireTime(row.expires_at),
    status: statusAt(row, now),
    auto_pause_applied: row.auto_pause_applied_at !== null,
  }
}

/** A certification in the change log: what was stored, not what the clock makes of it. */
export function toLogged(row: CertificationRow): object {
  return {
    certification_type: row.certification_type,
    issued_at: wireTime(row.issued_at),
    expires_at: wireTime(row.expires_at),
    revoked_at: wireTimeOrNull(row.revoked_at),
  }
}
