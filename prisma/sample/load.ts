import pg from 'pg'
import { makeCalendar, makeCoLeaders, makeYear } from './activities'
import { makeAssignments } from './assignments'
import { makeBlocEvents } from './bloc-events'
import { findCandidates } from './candidates'
import { ACTIVITY_TYPES, COURSES, ORGANISATION } from './catalogue'
import { addRuns, commandsOfChecks, numberCommands } from './changes'
import { makeContractActivities, makeContractEvents } from './contract-activities'
import { KARI, MENTOR_42, PEER_0091, planContractMentors } from './contract-mentors'
import { MOST_CHECKED, makeChecks, numberChecks } from './duplicates'
import { continueNumbers, insertRows, makeIds, withoutIndexes } from './insert'
import { makeNights } from './job-runs'
import { planMentors } from './mentor-plans'
import { playHistories } from './play-histories'
import { Random } from './random'
import { keepReceipts } from './receipts'
import { bringPairsBack } from './returned-pairs'
import type { ActivityRow, MentorRow } from './rows'
import { keepForecasts } from './run-forecasts'
import { keepSnapshots } from './snapshots'
import { makeSnoozes, numberSnoozes } from './snoozes'

export interface SampleOptions {
  /** How many mentors in all; 300 by default. */
  readonly mentors?: number
  /** The present that everything is arranged around, RFC 3339; the real one by default. */
  readonly now?: string
}

const FEWEST = 20
/** From this many mentors on it is quicker to build the indexes of their activities anew. */
const MANY = 5000

/** Whether the database holds no mentor, so that sample data may be loaded. */
export async function isEmpty(url: string): Promise<boolean> {
  return withClient(url, holdsNothing)
}

/**
 * Loads a sample organisation into an empty, migrated database, in one transaction. The same `now` and size give the same
 * rows. Throws a sentence for people, and leaves the database as it was, where there are mentors already.
 */
export async function loadSampleData(url: string, options: SampleOptions = {}): Promise<{ mentors: number }> {
  const count = options.mentors ?? 300
  const now = options.now === undefined ? Date.now() : Date.parse(options.now)
  if (!Number.isSafeInteger(count) || count < FEWEST) {
    throw new Error(`The sample data take a whole number of mentors, ${FEWEST} or more. Nothing was loaded.`)
  }
  if (Number.isNaN(now))
    throw new Error(`${options.now} is not a time, such as 2026-03-26T10:00:00Z. Nothing was loaded.`)
  return withClient(url, async (db) => {
    await db.query('BEGIN')
    try {
      // two loads at once: the second one finds the first one's organisation
      await db.query("SELECT pg_advisory_xact_lock(hashtext('sample data'))")
      if (!(await holdsNothing(db))) {
        throw new Error('This database holds mentors already, so no sample data were loaded. Take an empty database.')
      }
      await load(db, Math.floor(now / 1000) * 1000, count)
      await db.query('COMMIT')
    } catch (error) {
      await db.query('ROLLBACK').catch(() => {})
      throw error
    }
    await db.query('ANALYZE')
    return { mentors: count }
  })
}

async function withClient<T>(url: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client({ connectionString: url, application_name: 'sample data', options: '-c timezone=UTC' })
  await db.connect()
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}

async function holdsNothing(db: pg.Client): Promise<boolean> {
  const { rows } = await db.query<{ empty: boolean }>('SELECT NOT EXISTS (SELECT FROM mentor) AS empty')
  return rows[0]?.empty === true
}

async function load(db: pg.Client, now: number, count: number): Promise<void> {
  // a start without sample data has left the bare row
  await db.query(
    `INSERT INTO organisation (id, name, time_zone, warning_days) VALUES ($1, $2, $3, $4) ON CONFLICT (id)
     DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone, warning_days = excluded.warning_days`,
    [ORGANISATION.id, ORGANISATION.name, ORGANISATION.time_zone, ORGANISATION.warning_days],
  )
  await insertRows(db, 'activity_type', ACTIVITY_TYPES)
  await insertRows(db, 'course', COURSES)

  const nights = makeNights(new Random(2), now)
  const contract = planContractMentors(now)
  const taken = new Set(contract.flatMap((plan) => [plan.mentor_id, plan.email ?? '']))
  const plans = [...contract, ...planMentors({ now, nights }, contract.length + 1, count - contract.length, taken)]
  const history = await playHistories(db, now, nights, plans)
  const { mentors } = history
  const keyOf = (id: string) => (mentors.find((one) => one.mentor_id === id) as MentorRow).key

  const kept = makeContractActivities(now, keyOf(KARI), keyOf(PEER_0091))
  const activityIds = await makeIds(db, 'act_', MOST_CHECKED)
  const checks = makeChecks({ random: new Random(3), now, mentors, firstKey: kept.length + 1, activityIds })
  const reserved = [...kept, ...checks.activities]
  const events = numberChecks(checks.events, makeContractEvents(keyOf(PEER_0091)))
  const { snoozes, commands: snoozing } = makeSnoozes(now, history.certifications, contract.length + 1)
  const commands = [...history.commands, ...commandsOfChecks(events, activityIds), ...snoozing]
  const changes = addRuns(numberCommands(commands, mentors, now), history.runs, mentors.length, now)

  await insertRows(db, 'mentor', mentors)
  await insertRows(db, 'certification', history.certifications)
  await insertRows(db, 'certification_snooze', numberSnoozes(snoozes, history.certifications, changes))
  await insertRows(db, 'job_run', history.runs)
  await keepForecasts(db)
  await insertRows(db, 'auto_pause_log', history.logs)
  await insertRows(db, 'sync_event', history.syncEvents)
  const blocEvents = makeBlocEvents(new Random(4), now, mentors, history.certifications, keyOf(MENTOR_42))
  await insertRows(db, 'bloc_event', blocEvents)
  await insertRows(db, 'assignment', makeAssignments(new Random(5), now, mentors, keyOf(KARI)))
  const fill = () => insertActivities(db, now, mentors, reserved)
  const activities = await (count < MANY ? fill() : withoutIndexes(db, 'activity', fill))
  await insertRows(db, 'activity_co_leader', checks.coLeaders)
  await insertRows(db, 'distinct_pair', checks.distinctPairs)
  await insertRows(
    db,
    'duplicate_event',
    events.map(({ receipt: _, taken_back: __, ...event }) => event),
  )
  await findCandidates(db)
  await bringPairsBack(db)
  await keepReceipts(db, events)
  await insertRows(db, 'change', changes)
  await keepSnapshots(db, now, keyOf(KARI))

  const highest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), 0)
  await continueNumbers(db, 'certification_number', history.idsTaken.cert_)
  await continueNumbers(db, 'auto_pause_number', history.idsTaken.log_)
  await continueNumbers(db, 'sync_event_number', history.idsTaken.evt_)
  await continueNumbers(db, 'activity_number', activities)
  await continueNumbers(db, 'bloc_event_number', highest(blocEvents.map((one) => one.number)))
  await continueNumbers(db, 'duplicate_event_number', highest(events.map((one) => one.number)))
  await continueNumbers(db, 'duplicate_check_number', highest(events.map((one) => one.check_number ?? 0)))
  for (const table of KEYED) {
    await db.query(
      `SELECT setval(pg_get_serial_sequence($1, 'key'), (SELECT coalesce(max(key), 0) + 1 FROM ${table}), false)`,
      [table],
    )
  }
}

const KEYED = [
  'mentor',
  'certification',
  'job_run',
  'auto_pause_log',
  'sync_event',
  'bloc_event',
  'assignment',
  'activity',
  'duplicate_event',
] as const

const MENTORS_AT_ONCE = 1000

/** Inserts `reserved` and everybody's year. Returns how many there are; their ids come from the sequence in this order. */
async function insertActivities(
  db: pg.Client,
  now: number,
  mentors: readonly MentorRow[],
  reserved: readonly ActivityRow[],
): Promise<number> {
  await continueNumbers(db, 'activity_number', 0)
  await insertRows(db, 'activity', reserved)
  const calendar = makeCalendar(now, reserved)
  const kari = mentors.find((one) => one.mentor_id === KARI)
  let total = reserved.length
  for (let from = 0; from < mentors.length; from += MENTORS_AT_ONCE) {
    const rows: ActivityRow[] = []
    for (const mentor of mentors.slice(from, from + MENTORS_AT_ONCE)) {
      if (mentor !== kari) rows.push(...makeYear(calendar, mentor, total + rows.length + 1))
    }
    await insertRows(db, 'activity', rows)
    await insertRows(db, 'activity_co_leader', makeCoLeaders(rows, mentors))
    total += rows.length
  }
  return total
}
