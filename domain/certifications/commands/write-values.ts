import 'server-only'
import { statusAt } from '@/domain/certifications/expiry-rules'
import { type CertificationRow, certificationColumns, toLogged } from '@/domain/certifications/row'
import type { CertificationStatus, PutCertificationBody } from '@/domain/certifications/schema'
import type { LockedMentor } from '@/domain/mentors/lock'
import type { Change } from '@/domain/mentors/record'
import type { Call } from '@/lib/call'
import { rows, sql, type Tx } from '@/lib/db'
import { AppError, invalid } from '@/lib/errors'
import { type Instant, parseInstant, wireTime } from '@/lib/instant'
import type { CertificationWrite } from './record-certification'
import {
  type CertificationEffect,
  effectOn,
  type Refreshed,
  refreshAllCertifications,
  refreshCertifications,
} from './refresh-certifications'

export type Values = Pick<CertificationRow, 'certification_type' | 'issued_at' | 'expires_at' | 'revoked_at'>

/** Values that a certification of a locked mentor is to take. */
export interface Planned {
  readonly mentor: LockedMentor
  readonly certification: CertificationRow
  readonly values: Values
}

/** Stores what `valuesAfter` said, and all that follows from it; the mentor is locked. */
export async function writeValues(
  tx: Tx,
  call: Call,
  mentor: LockedMentor,
  certification: CertificationRow,
  values: Values,
): Promise<CertificationWrite> {
  const [after] = await storeValues(tx, call, [{ mentor, certification, values }])
  if (!after) throw new Error(`certification ${certification.id} was changed under the lock of its mentor`)
  const effect = await refreshCertifications(tx, call, mentor, {
    renewal: statusAt(after, call.now) === 'valid',
    types: typesOf(certification, after),
  })
  return {
    certification: versionTold(after, effect),
    patch: effect.patch,
    changes: [changeOf(call, certification, after), ...effect.changes],
  }
}

/** What of a mentor was written: its certifications as they are now, and what the one record has to say. */
export interface MentorWrite extends CertificationEffect {
  readonly mentor: LockedMentor
  readonly certifications: readonly CertificationRow[]
}

/** As `writeValues`, of many certifications that are valid afterwards, in a few statements; one entry a mentor. */
export async function writeRenewals(tx: Tx, call: Call, planned: readonly Planned[]): Promise<MentorWrite[]> {
  if (planned.length === 0) return []
  const stored = new Map((await storeValues(tx, call, planned)).map((after) => [after.key, after]))
  const written = planned.map(({ mentor, certification }) => {
    const after = stored.get(certification.key)
    if (!after) throw new Error(`certification ${certification.id} was changed under the lock of its mentor`)
    return { mentor, before: certification, after }
  })
  const byMentor = new Map<LockedMentor, typeof written>()
  for (const write of written) byMentor.set(write.mentor, [...(byMentor.get(write.mentor) ?? []), write])
  const touched = [...byMentor].map(([mentor, writes]) => ({
    mentor,
    types: [...new Set(writes.flatMap(({ before, after }) => typesOf(before, after)))],
  }))
  const refreshed = await refreshAllCertifications(tx, call, touched, { renewal: true })
  return [...byMentor].map(([mentor, writes]) => {
    const effect = effectOn(refreshed, mentor)
    return {
      mentor,
      certifications: writes.map(({ after }) => versionTold(after, effect)),
      patch: effect.patch,
      changes: [...writes.map(({ before, after }) => changeOf(call, before, after)), ...effect.changes],
    }
  })
}

/** They step down first, so that none collides with the current one of another type; the refresh puts them back. */
async function storeValues(tx: Tx, call: Call, planned: readonly Planned[]): Promise<CertificationRow[]> {
  const entries = planned.map(({ certification: { key, version }, values }) => ({ key, version, ...values }))
  return rows(
    tx,
    sql`WITH entry AS (
          SELECT * FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS e(key bigint, version integer,
            certification_type text, issued_at timestamptz, expires_at timestamptz, revoked_at timestamptz)
        ), written AS (
          UPDATE certification AS c SET certification_type = entry.certification_type, issued_at = entry.issued_at,
            expires_at = entry.expires_at, revoked_at = entry.revoked_at, is_current = false,
            version = c.version + 1, updated_at = ${call.now}
          FROM entry WHERE c.key = entry.key AND c.version = entry.version RETURNING c.*
        )
        SELECT ${certificationColumns} FROM written`,
  )
}

function typesOf(before: CertificationRow, after: CertificationRow): string[] {
  return [...new Set([before.certification_type, after.certification_type])]
}

function versionTold(after: CertificationRow, { cleared }: Refreshed): CertificationRow {
  return { ...after, version: after.version + (cleared.includes(after.id) ? 1 : 0) }
}

function changeOf(call: Call, before: CertificationRow, after: CertificationRow): Change {
  return {
    type: 'certification',
    id: after.id,
    action: actionOf(before, after, statusAt(after, call.now)),
    before: toLogged(before),
    after: toLogged(after),
  }
}

function actionOf(before: CertificationRow, after: CertificationRow, status: CertificationStatus): string {
  if (status === 'revoked') return before.revoked_at === null ? 'revoked' : 'updated'
  const runsLonger = after.expires_at > before.expires_at || before.revoked_at !== null
  return status === 'valid' && runsLonger ? 'renewed' : 'updated'
}

/** What a change makes of a certification. Throws `transition_not_allowed`, and 400 for values that contradict each other or what is stored. */
export function valuesAfter(stored: CertificationRow, body: PutCertificationBody, now: Instant): Values {
  const values = {
    certification_type: body.certification_type ?? stored.certification_type,
    issued_at: givenOrStored(body.issued_at, stored.issued_at),
    expires_at: givenOrStored(body.expires_at, stored.expires_at),
    revoked_at: stored.revoked_at,
  }
  if (body.status === 'expired') {
    if (stored.revoked_at !== null) {
      throw new AppError(
        'transition_not_allowed',
        'The certification is revoked, so it cannot expire. Nothing was stored; status "valid" lifts the revocation.',
        { members: { allowed: ['valid', 'revoked'] } },
      )
    }
    // one that has expired already keeps its date: asking twice has the effect of asking once
    if (values.expires_at > now) values.expires_at = now
  }
  if (body.status === 'revoked') values.revoked_at = stored.revoked_at ?? now
  if (body.status === 'valid') {
    if (values.expires_at <= now) {
      throw invalid('/expires_at', 'A valid certification expires in the future: send a later expires_at with it')
    }
    values.revoked_at = null
  }
  if (values.expires_at <= values.issued_at) {
    throw invalid(
      body.expires_at === undefined && body.issued_at !== undefined ? '/issued_at' : '/expires_at',
      `A certification expires after it was issued (${wireTime(values.issued_at)}), and this would let it expire on ${wireTime(values.expires_at)}`,
    )
  }
  return values
}

// whole seconds are all that an answer shows: a record sent back must not lose the rest of what is stored
function givenOrStored(given: Instant | undefined, stored: Instant): Instant {
  return given === undefined || given === parseInstant(wireTime(stored)) ? stored : given
}

export function sameValues(stored: CertificationRow, values: Values): boolean {
  return (
    stored.certification_type === values.certification_type &&
    stored.issued_at === values.issued_at &&
    stored.expires_at === values.expires_at &&
    stored.revoked_at === values.revoked_at
  )
}
