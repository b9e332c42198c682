import 'server-only'
import { recordCertification } from '@/domain/certifications/commands/record-certification'
import { renewCertification } from '@/domain/certifications/commands/update-certification'
import { listCurrentCertifications } from '@/domain/certifications/queries'
import type { LockedMentor } from '@/domain/mentors/lock'
import type { Change, MentorPatch } from '@/domain/mentors/record'
import type { Call } from '@/lib/call'
import type { Tx } from '@/lib/db'
import { type Instant, parseInstant, wireTime } from '@/lib/instant'
import { planRenewal } from './renewal'
import type { BlocEventDetail, BlocEventType } from './schema'

export type BlocPayload = Record<string, unknown> | null

/** What an event did, for the caller's single `recordMentorChange`; `error` says why it could not be applied now. */
export interface Applied {
  readonly error: string | null
  readonly applied: BlocEventDetail['applied']
  readonly patch: MentorPatch
  readonly changes: readonly Change[]
}

/**
 * Does to the mentor's certifications what the event says. Only renewals do anything: loads and enrolments are what the
 * history says they are. The mentor is locked, and the certifications are read after that.
 */
export async function applyEvent(
  tx: Tx,
  call: Call,
  mentor: LockedMentor,
  event: { readonly event_type: BlocEventType; readonly payload: BlocPayload },
): Promise<Applied> {
  if (event.event_type !== 'RecordRenewalEvent') return { error: null, applied: null, patch: {}, changes: [] }
  const current = await listCurrentCertifications(tx, call, mentor)
  const plan = planRenewal(renewalOf(event.payload), current, call.now)
  if ('error' in plan) return { error: plan.error, applied: null, patch: {}, changes: [] }
  const { renews, certification_type, issued_at, expires_at } = plan
  const written = renews
    ? await renewCertification(tx, call, mentor, renews, { issued_at, expires_at })
    : await recordCertification(tx, call, mentor, { certification_type, issued_at, expires_at })
  return {
    error: null,
    applied: {
      certification_id: (written?.certification ?? renews)?.id ?? '',
      certification_type,
      issued_at: wireTime(issued_at),
      expires_at: wireTime(expires_at),
    },
    patch: written?.patch ?? {},
    changes: written?.changes ?? [],
  }
}

/** The schema has checked the form; a stored payload is what it let through. */
function renewalOf(payload: BlocPayload) {
  const type = payload?.certification_type
  return {
    certification_type: typeof type === 'string' ? type.trim() : null,
    issued_at: instantOf(payload?.issued_at),
    expires_at: instantOf(payload?.expires_at),
  }
}

function instantOf(value: unknown): Instant | null {
  return typeof value === 'string' ? parseInstant(value) : null
}
