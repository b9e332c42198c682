import 'server-only'
import type { CertificationRow } from '@/domain/certifications/row'
import type { EndedSnooze, PutSnoozeBody, SnoozeRecord } from '@/domain/certifications/schema'
import { findSnooze, type SnoozeRow, snoozeNotFound, toSnoozeRecord } from '@/domain/certifications/snooze-queries'
import { recordMentorChange } from '@/domain/mentors/record'
import { requireSettings } from '@/domain/organisations/queries'
import { addDays, addMonths, localDate } from '@/lib/calendar'
import type { Answer, Call } from '@/lib/call'
import { one, sql, type Tx } from '@/lib/db'
import { AppError, invalid } from '@/lib/errors'
import { requireVersion } from '@/lib/http/if-match'
import { wireTime } from '@/lib/instant'
import { lockCertification } from './lock-certification'

/** No version is this one: with `If-Match`, a snooze that is not there has been changed. */
const NONE = 0

/**
 * Hides the warning of a certification until a day in the organisation's calendar, in place of an earlier snooze. It
 * delays nothing: the expiry job pauses the mentor as it would have. Throws `certification_not_found`,
 * `certification_not_current`, `precondition_failed`, and 400 for a day that is not within a year from tomorrow.
 */
export async function snoozeCertification(
  tx: Tx,
  call: Call,
  id: string,
  body: PutSnoozeBody,
): Promise<Answer<SnoozeRecord>> {
  const { mentor, certification } = await lockCertification(tx, call, id)
  const held = await findSnooze(tx, call, certification)
  requireVersion(call, held?.version ?? NONE)
  requireCurrent(certification)
  await requireDayAhead(tx, call, body.until)
  if (held && held.until === body.until && held.reason === body.reason && held.owner === body.owner) {
    return { body: toSnoozeRecord(id, mentor.mentor_id, held), version: held.version }
  }
  const stored = await one<SnoozeRow>(
    tx,
    sql`INSERT INTO certification_snooze (certification_key, org_id, reason, owner, until, expires_at, version, created_at, created_by)
        VALUES (${certification.key}, ${call.caller.org}, ${body.reason}, ${body.owner}, ${body.until},
          ${certification.expires_at}, ${mentor.revision + 1}, ${call.now}, ${call.caller.actor})
        ON CONFLICT (certification_key) DO UPDATE SET reason = excluded.reason, owner = excluded.owner, until = excluded.until,
          expires_at = excluded.expires_at, version = excluded.version, created_at = excluded.created_at,
          created_by = excluded.created_by
        RETURNING until, reason, owner, expires_at, version, created_at, created_by`,
  )
  await recordMentorChange(tx, call, mentor, {}, [
    { type: 'certification', id, action: 'snoozed', before: held && toLogged(held), after: toLogged(stored) },
  ])
  return { body: toSnoozeRecord(id, mentor.mentor_id, stored), version: stored.version }
}

/** Brings a snoozed warning back at once. Throws `certification_not_found`, `snooze_not_found` and `precondition_failed`. */
export async function endSnooze(tx: Tx, call: Call, id: string): Promise<Answer<EndedSnooze>> {
  const { mentor, certification } = await lockCertification(tx, call, id)
  const held = await findSnooze(tx, call, certification)
  if (!held) throw snoozeNotFound()
  requireVersion(call, held.version)
  await tx.query(sql`DELETE FROM certification_snooze WHERE certification_key = ${certification.key}`)
  await recordMentorChange(tx, call, mentor, {}, [
    { type: 'certification', id, action: 'snooze_ended', before: toLogged(held), after: null },
  ])
  return { body: { certification_id: id, ended: true, ended_at: wireTime(call.now) } }
}

function requireCurrent({ is_current, revoked_at }: CertificationRow): void {
  if (is_current) return
  throw new AppError(
    'certification_not_current',
    revoked_at === null
      ? 'A later certification of this type has taken its place, so nothing warns of it. Nothing was stored.'
      : 'The certification is revoked, so nothing warns of it. Nothing was stored.',
  )
}

async function requireDayAhead(tx: Tx, call: Call, until: string): Promise<void> {
  const { time_zone } = await requireSettings(tx, call)
  const today = localDate(call.now, time_zone)
  const last = addMonths(today, 12)
  if (until > today && until <= last) return
  throw invalid('/until', `Expected a date from tomorrow, ${addDays(today, 1)}, to a year ahead, ${last}`)
}

function toLogged({ until, reason, owner }: SnoozeRow): object {
  return { until, reason, owner }
}
