import { addDays } from '@/lib/calendar'
import { Random } from './random'
import type { CertificationRow, ChangeRow, SnoozeRow } from './rows'
import { awake, DAY, dateAt, HOUR, timestamp } from './time'
import type { Command } from './world'

/** Why a warning can wait, who follows it up, and in how many days from today it is back; the last one is back today. */
const SNOOZES = [
  ['Påmeldt fornyelseskurset i Bergen; venter på bekreftelse fra kurslederen.', 'Ingrid Solberg', 12],
  ['Sykmeldt ut måneden. Tar fornyelsen når hun er tilbake.', 'Ingrid Solberg', 28],
  ['Venter på ny politiattest, søkt på nytt i forrige uke.', 'Per Arne Dahl', 6],
  ['Kurset ble avlyst. Ny dato kommer fra fylkeslaget.', 'Marit Kvåle', 19],
  ['Har sagt at han slutter; avklares i neste samtale.', 'Per Arne Dahl', 3],
  ['I foreldrepermisjon. Avtalt å ta opp fornyelsen etterpå.', 'Marit Kvåle', 75],
  ['Kursbeviset er sendt i posten.', 'Ingrid Solberg', 1],
  ['Skulle ringe tilbake om kursplass.', 'Marit Kvåle', 0],
] as const

/** Snoozes of warnings that are due within two months, and the commands that made them; `mentors` from this key on. */
export function makeSnoozes(
  now: number,
  certifications: readonly CertificationRow[],
  firstMentor: number,
): { snoozes: Omit<SnoozeRow, 'version'>[]; commands: Command[] } {
  const random = new Random(9)
  const due = certifications.filter(
    (one) =>
      one.is_current &&
      one.mentor_key >= firstMentor &&
      Date.parse(one.expires_at) > now &&
      Date.parse(one.expires_at) < now + 60 * DAY &&
      Date.parse(one.updated_at) < now - 10 * DAY,
  )
  const chosen = random.shuffle(due).slice(0, Math.min(SNOOZES.length, Math.floor(due.length / 3)))
  const made = chosen.map((certification, index) => {
    const [reason, owner, days] = SNOOZES[index] as (typeof SNOOZES)[number]
    const until = addDays(dateAt(now), days)
    const at = awake(now - random.integer(2, 8) * DAY - random.integer(0, 5) * HOUR)
    const row = {
      certification_key: certification.key,
      reason,
      owner,
      until,
      expires_at: certification.expires_at,
      created_at: timestamp(at),
      created_by: 'open',
    }
    const changes: Command['changes'] = [
      { type: 'certification', id: certification.id, action: 'snoozed', before: null, after: { until, reason, owner } },
    ]
    return { row, command: { mentor_key: certification.mentor_key, at, actor: 'open', changes } }
  })
  return { snoozes: made.map(({ row }) => row), commands: made.map(({ command }) => command) }
}

/** Gives each snooze the revision of its mentor that the change log has for it. */
export function numberSnoozes(
  snoozes: readonly Omit<SnoozeRow, 'version'>[],
  certifications: readonly CertificationRow[],
  changes: readonly ChangeRow[],
): SnoozeRow[] {
  const revisions = new Map(changes.filter((one) => one.action === 'snoozed').map((one) => [one.id, one.revision]))
  return snoozes.map((snooze) => ({
    ...snooze,
    version: revisions.get(certifications[snooze.certification_key - 1]?.id ?? '') ?? 1,
  }))
}
