import { planRenewal } from '@/domain/certification-bloc/renewal'
import { instantFromDate } from '@/lib/instant'
import { COURSES, RENEWAL_COURSE } from './catalogue'
import type { Random } from './random'
import type { BlocEventRow, CertificationRow, MentorRow } from './rows'
import { awake, DAY, MINUTE, timestamp, wireTime } from './time'

const CONTRACT_NUMBER = 91

type Fired = Omit<BlocEventRow, 'key' | 'number' | 'version' | 'updated_at'>

/** What the apps sent of certifications in the last two months, numbered around the contracts' evt-bloc-0091. */
export function makeBlocEvents(
  random: Random,
  now: number,
  mentors: readonly MentorRow[],
  certifications: readonly CertificationRow[],
  contractKey: number,
): BlocEventRow[] {
  const renewed = new Map<number, CertificationRow>()
  for (const one of certifications) {
    const at = Date.parse(one.created_at)
    if (one.is_current && at > now - 60 * DAY && at <= now) renewed.set(one.mentor_key, one)
  }
  const events: Fired[] = []
  for (const mentor of mentors) {
    if (mentor.key <= 8 || mentor.incomplete || !random.chance(0.5)) continue
    const from = Math.max(now - 60 * DAY, Date.parse(mentor.created_at) + MINUTE)
    const moment = () => Math.max(from, awake(from + Math.floor(random.fraction() * (now - from))))
    for (let loads = random.integer(1, 3); loads > 0; loads--) {
      events.push(fire(mentor, 'LoadCertificationEvent', moment(), random.chance(0.5) ? {} : null))
    }
    const warned = mentor.last_expiry !== null && Date.parse(mentor.last_expiry) < now + 60 * DAY
    if (warned && random.chance(0.5)) {
      events.push(fire(mentor, 'EnrolInCourseEvent', moment(), { course_id: RENEWAL_COURSE }))
    }
    if (random.chance(0.2)) {
      events.push(fire(mentor, 'EnrolInCourseEvent', moment(), { course_id: random.pick(COURSES).id }))
    }
    const certification = renewed.get(mentor.key)
    if (certification) events.push(renew(mentor, certification))
    else if (mentor.last_expiry === null && random.chance(0.3)) events.push(failToRenew(mentor, moment()))
  }
  return numberEvents(events, contractKey)
}

function fire(
  mentor: MentorRow,
  event_type: Fired['event_type'],
  fired: number,
  payload: object | null,
  outcome: Pick<Fired, 'processed' | 'error' | 'applied'> = { processed: true, error: null, applied: null },
): Fired {
  return { mentor_key: mentor.key, event_type, payload, ...outcome, fired_at: timestamp(fired) }
}

function renew(mentor: MentorRow, certification: CertificationRow): Fired {
  const { certification_type } = certification
  const issued_at = wireTime(Date.parse(certification.issued_at))
  const expires_at = wireTime(Date.parse(certification.expires_at))
  const payload = { certification_type, issued_at, expires_at }
  return fire(mentor, 'RecordRenewalEvent', Date.parse(certification.created_at), payload, {
    processed: true,
    error: null,
    applied: { certification_id: certification.id, certification_type, issued_at, expires_at },
  })
}

function failToRenew(mentor: MentorRow, fired: number): Fired {
  const nothing = { certification_type: null, issued_at: null, expires_at: null }
  const plan = planRenewal(nothing, [], instantFromDate(new Date(fired)))
  const error = 'error' in plan ? plan.error : null
  return fire(mentor, 'RecordRenewalEvent', fired, {}, { processed: error === null, error, applied: null })
}

function numberEvents(events: readonly Fired[], contractKey: number): BlocEventRow[] {
  const contract: Fired[] = (
    [
      ['LoadCertificationEvent', '2026-03-26T07:00:00.000Z', null],
      ['EnrolInCourseEvent', '2026-03-26T07:05:00.000Z', { course_id: RENEWAL_COURSE }],
    ] as const
  ).map(([event_type, fired_at, payload]) => ({
    mentor_key: contractKey,
    event_type,
    payload,
    processed: true,
    error: null,
    applied: null,
    fired_at,
  }))
  const ordered = [...events, ...contract].sort((a, b) =>
    a.fired_at < b.fired_at ? -1 : a.fired_at > b.fired_at ? 1 : 0,
  )
  const enrolment = ordered.indexOf(contract[1] as Fired)
  return ordered.map((event, index) => {
    const near = CONTRACT_NUMBER + index - enrolment
    // the many of a large organisation that came before take what numbers there are after the newest
    const number = near > 0 ? near : CONTRACT_NUMBER + ordered.length - enrolment - near
    return { key: index + 1, number, ...event, version: 1, updated_at: event.fired_at }
  })
}
