import { jobRunIdOf } from '@/domain/expiry-job/job-run-id'
import { instantFromDate } from '@/lib/instant'
import type { Random } from './random'
import type { JobRunRow } from './rows'
import { DAY, HOUR, lastNight, MINUTE, nightAfter, SECOND, timestamp } from './time'

const CONTRACT_NIGHTS = [
  { slot: Date.parse('2026-03-02T01:00:00Z'), seconds: 4, scanned: 83, found: 1 },
  { slot: Date.parse('2026-03-26T01:00:00Z'), seconds: 4, scanned: 84, found: 3 },
]
/** The server was away: what expired that day was found by the contract's run of 2 March. */
const MISSED_NIGHT = Date.parse('2026-03-01T01:00:00Z')

export interface Night {
  readonly run: JobRunRow
  /** What the contract's examples tell of this run stands as it is. */
  readonly fixed: boolean
}

/** The nightly runs by their start, oldest first: a year of them up to the last night, and the contract's two. */
export function makeNights(random: Random, now: number): Map<number, Night> {
  const newest = lastNight(now)
  const nights = new Map<number, Night>()
  for (let slot = newest - 364 * DAY; slot <= newest; slot += DAY) {
    if (slot !== MISSED_NIGHT) nights.set(slot, { run: nightlyRun(slot, random.integer(2, 5)), fixed: false })
  }
  for (const { slot, seconds, scanned, found } of CONTRACT_NIGHTS) {
    const run = { ...nightlyRun(slot, seconds), mentors_scanned: scanned, expired_found: found, auto_paused: found }
    nights.set(slot, { run, fixed: true })
  }
  return new Map([...nights].sort(([a], [b]) => a - b))
}

function nightlyRun(slot: number, seconds: number): JobRunRow {
  return {
    key: 0,
    id: runId(slot, 1),
    trigger: 'nightly',
    slot: timestamp(slot).slice(0, 10),
    dry_run: false,
    actor: 'expiry-job',
    started_at: timestamp(slot),
    completed_at: timestamp(slot + seconds * SECOND),
    mentors_scanned: 0,
    expired_found: 0,
    auto_paused: 0,
    failures: [],
    // counted once the certifications are there
    forecast: 0,
    forecast_until: timestamp(nightAfter(slot)),
  }
}

/** A coordinator's preview of the week before, which found nothing that the night had left. */
export function makePreview(now: number, scanned: number): JobRunRow {
  const at = lastNight(now) - 6 * DAY + 8 * HOUR + 12 * MINUTE
  return {
    ...nightlyRun(at, 1),
    id: runId(at, 2),
    trigger: 'manual',
    slot: null,
    dry_run: true,
    actor: 'open',
    mentors_scanned: scanned,
  }
}

function runId(at: number, counter: number): string {
  return jobRunIdOf(instantFromDate(new Date(at)), counter)
}

/** The start of the run that finds what lapsed at a moment; null while none has come by. */
export function findNight(nights: ReadonlyMap<number, Night>, lapsed: number, now: number): number | null {
  for (let slot = nightAfter(lapsed); slot <= now; slot += DAY) {
    if (nights.has(slot)) return slot
  }
  return null
}
