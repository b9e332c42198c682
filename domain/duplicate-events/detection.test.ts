import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comparePairs } from '@/domain/duplicate-events/labelled/compare'
import { type LabelledPair, type LabelledRecord, readPairs } from '@/domain/duplicate-events/labelled/pairs'
import { runDuplicateCheck } from '@/domain/duplicate-events/run-check'
import { scorePair } from '@/domain/duplicate-events/scoring'
import { type Api, CONTRACT_NOW, openApi } from '@/e2e/api/harness'
import { addDays } from '@/lib/calendar'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

/** Keeps one record as an activity in an organisation of the pair's own. */
async function keep(org: string, { mentor, type, date, ...told }: LabelledRecord): Promise<number> {
  const { rows } = await api.db.query(
    `INSERT INTO activity (org_id, mentor_key, activity_type_id, date, title, location, duration_minutes, starts_at,
       participant_count, notes, created_at, updated_at)
     SELECT org_id, key, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11 FROM mentor WHERE org_id = $1 AND mentor_id = $2
     RETURNING key`,
    [
      org,
      mentor,
      type,
      date,
      told.title,
      told.location,
      told.duration_minutes,
      told.starts_at,
      told.participant_count,
      told.notes,
      CONTRACT_NOW,
    ],
  )
  return Number(rows[0].key)
}

/** Has the first record kept and the second checked. Returns the probability that the check gave the first one, or null. */
async function checkPair(pair: LabelledPair, org: string): Promise<number | null> {
  await api.db.query('INSERT INTO organisation (id, name) VALUES ($1, $1)', [org])
  await api.db.query(
    `INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
     SELECT $1, name, name, '', $3, $3, $3 FROM unnest($2::text[]) AS name`,
    [org, [...new Set([pair.a.mentor, pair.b.mentor])], CONTRACT_NOW],
  )
  const kept = await keep(org, pair.a)
  if (pair.rhythm) {
    for (const record of [pair.a, pair.b]) await keep(org, { ...record, date: addDays(record.date, -7) })
  }
  const { mentor, type, date, ...draft } = pair.b
  const { rows } = await api.db.query(
    `INSERT INTO duplicate_event (org_id, event_type, mentor_key, activity_type_id, date, draft, state, check_number, dispatched_at)
     SELECT org_id, 'check', key, $3, $4, $5, 'checking', nextval('duplicate_check_number'), $6
     FROM mentor WHERE org_id = $1 AND mentor_id = $2 RETURNING key`,
    [org, mentor, type, date, JSON.stringify(draft), CONTRACT_NOW],
  )
  await runDuplicateCheck(Number(rows[0].key), org)
  const found = await api.db.query(
    'SELECT probability FROM duplicate_candidate WHERE event_key = $1 AND activity_key = $2',
    [rows[0].key, kept],
  )
  return found.rows[0]?.probability ?? null
}

describe('the check of a draft', () => {
  it.each(['setting', 'held-back'] as const)(
    'finds by index whatever the score would find (%s)',
    async (file) => {
      const labelled = readPairs(file)
      const pairs = await comparePairs(api.db, labelled)
      const ofTwo = [0, 1].map((lane) =>
        pairs.map((pair, index) => ({ pair, index })).filter(({ index }) => index % 2 === lane),
      )
      const lost: string[] = []
      let found = 0
      const check = async ({ pair, index }: { pair: (typeof pairs)[number]; index: number }) => {
        const one = labelled[index] as LabelledPair
        const { probability, duplicate } = scorePair(pair)
        const checked = await checkPair(one, `${file}-${index}`)
        if (duplicate && checked === null) lost.push(one.id)
        if (!duplicate) expect(checked, one.id).toBeNull()
        if (checked !== null) expect(checked, one.id).toBeCloseTo(probability, 9)
        if (checked !== null) found++
      }
      await Promise.all(
        ofTwo.map(async (lane) => {
          for (const one of lane) await check(one)
        }),
      )
      expect(lost).toEqual([])
      expect(found).toBeGreaterThan(100)
    },
    120_000,
  )
})
