import type { Report } from './plan'
import type { Random } from './random'
import { awake, DAY, HOUR, MINUTE, SECOND } from './time'
import { COORDINATOR_REASONS, NOTES, PAUSE_REASONS, RESUME_REASONS } from './wording'

/** What a mentor's phone, or a coordinator for the mentor, has reported. */
type Card =
  | 'nothing'
  | 'paused long since'
  | 'paused lately'
  | 'came back'
  | 'came back lately'
  | 'late arrival'
  | 'superseded'
  | 'clock ahead'
  | 'clock a year behind'
  | 'annotated'
  | 'by a coordinator'

const DECK: readonly (readonly [Card, number])[] = [
  ['nothing', 68],
  ['paused long since', 2],
  ['paused lately', 3],
  ['came back', 12],
  ['came back lately', 2],
  ['late arrival', 3],
  ['superseded', 3],
  ['clock ahead', 2],
  ['clock a year behind', 1],
  ['annotated', 2],
  ['by a coordinator', 2],
]

export function shuffleReportCards(random: Random): Card[] {
  return random.shuffle(DECK.flatMap(([card, count]) => Array.from({ length: count }, () => card)))
}

/** Reports in the order in which the server received them. */
export function planReports(random: Random, now: number, card: Card): Report[] {
  const ago = (from: number, to: number) => awake(now - random.integer(from, to))
  const lately = ago(20 * MINUTE, 6 * DAY)
  const before = lately - random.integer(20, 90) * DAY
  switch (card) {
    case 'nothing':
      return []
    case 'paused long since':
      return [handled(random, now, pause(random, ago(12 * DAY, 100 * DAY)))]
    case 'paused lately':
      return [pause(random, lately)]
    case 'came back': {
      const back = ago(5 * DAY, 60 * DAY)
      const left = pause(random, back - random.integer(10, 100) * DAY)
      return [handled(random, now, left), handled(random, now, resume(random, back))]
    }
    case 'came back lately':
      return [handled(random, now, pause(random, before)), resume(random, lately)]
    case 'late arrival': {
      const waited = random.integer(3 * HOUR, 9 * DAY)
      return [random.chance(0.6) ? pause(random, lately, lately - waited) : resume(random, lately, lately - waited)]
    }
    case 'superseded':
      return planSuperseded(random, now, lately)
    case 'clock ahead': {
      const ahead = random.pick([20 * MINUTE, HOUR, 2 * HOUR, 26 * HOUR]) + random.integer(0, 40) * SECOND
      return [random.chance(0.5) ? pause(random, lately, lately + ahead) : resume(random, lately, lately + ahead)]
    }
    case 'clock a year behind': {
      const behind = lately - 365 * DAY - random.integer(1, 50) * SECOND
      return [handled(random, now, pause(random, before)), resume(random, lately, behind)]
    }
    case 'annotated': {
      const note = random.pick(NOTES)
      return [handled(random, now, pause(random, ago(3 * DAY, 40 * DAY)), note)]
    }
    case 'by a coordinator': {
      const at = ago(DAY, 50 * DAY)
      const report: Report = {
        kind: 'report',
        at,
        event_type: 'PauseMentorEvent',
        client_at: null,
        reason: random.pick(COORDINATOR_REASONS),
      }
      return [handled(random, now, report)]
    }
  }
}

/** A pause as a phone reports it: by default its clock is right, and the event arrives within seconds. */
export function pause(random: Random, at: number, client_at = at - random.integer(800, 40_000)): Report {
  return { kind: 'report', at, event_type: 'PauseMentorEvent', client_at, reason: random.pick(PAUSE_REASONS) }
}

function resume(random: Random, at: number, client_at = at - random.integer(800, 40_000)): Report {
  return { kind: 'report', at, event_type: 'ResumeMentorEvent', client_at, reason: random.pick(RESUME_REASONS) }
}

/** Acknowledged within two days; what came in just now still waits. */
function handled(random: Random, now: number, report: Report, note: string | null = null): Report {
  const at = report.at + random.integer(20 * MINUTE, 2 * DAY)
  return at < now ? { ...report, acknowledged: { at, note } } : report
}

/** Two phones, or one that lay in a drawer: the older decision arrives after the newer one and no longer counts. */
function planSuperseded(random: Random, now: number, arrival: number): Report[] {
  const newer = arrival - random.integer(30 * MINUTE, 3 * DAY)
  const older = newer - random.integer(10 * MINUTE, 5 * DAY)
  const [standing, late] = random.chance(0.5)
    ? [pause(random, newer), resume(random, arrival, older)]
    : [resume(random, newer), pause(random, arrival, older)]
  return [random.chance(0.5) ? handled(random, now, standing) : standing, late]
}
