import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '@/server/database/test-database'
import { isEmpty, loadSampleData } from './load'
import { closeSample, type LoadedSample, loadSample } from './loaded-sample'

const NOW = '2026-03-26T10:00:00Z'
const TABLES = [
  'organisation',
  'activity_type',
  'course',
  'mentor',
  'certification',
  'certification_snooze',
  'job_run',
  'job_run_forecast',
  'auto_pause_log',
  'sync_event',
  'bloc_event',
  'mentor_snapshot',
  'assignment',
  'activity',
  'activity_co_leader',
  'duplicate_event',
  'duplicate_candidate',
  'distinct_pair',
  'change',
]

describe.each([
  ['at the time of the examples', NOW],
  ['months later', '2026-11-22T14:30:00Z'],
  ['shortly after midnight', '2027-01-01T00:20:00Z'],
])('the sample data, loaded %s', (_, now) => {
  let loaded: LoadedSample
  beforeAll(async () => {
    loaded = await loadSample({ now })
  })
  afterAll(() => closeSample(loaded))

  const count = async (query: string, values: unknown[] = []) => {
    const { rows } = await loaded.db.query(`SELECT count(*)::int AS count FROM (${query}) AS found`, values)
    return rows[0].count as number
  }

  it('has exactly one current certification per mentor and type: the latest that is not revoked', async () => {
    const wrong = `SELECT c.key FROM certification c WHERE c.is_current <> (c.revoked_at IS NULL AND NOT EXISTS (
      SELECT FROM certification o WHERE o.mentor_key = c.mentor_key AND o.certification_type = c.certification_type
        AND o.revoked_at IS NULL AND (o.expires_at, o.key) > (c.expires_at, c.key)))`
    expect(await count(wrong)).toBe(0)
  })

  it('keeps what is derived of certifications on the mentor', async () => {
    const wrong = `SELECT FROM mentor m LEFT JOIN certification c ON c.mentor_key = m.key AND c.is_current GROUP BY m.key
      HAVING m.first_expiry IS DISTINCT FROM min(c.expires_at) OR m.last_expiry IS DISTINCT FROM max(c.expires_at)
        OR (m.paused_by_certification AND min(c.expires_at) > $1)
        OR (bool_or(c.auto_pause_applied_at IS NOT NULL) AND NOT m.paused_by_certification)`
    expect(await count(wrong, [now])).toBe(0)
  })

  it('snoozes a few warnings of what is current, until a day after they were snoozed, and logs each', async () => {
    const sound = `SELECT FROM certification_snooze s JOIN certification c ON c.key = s.certification_key AND c.is_current
      JOIN change ch ON ch.action = 'snoozed' AND ch.id = c.id AND ch.revision = s.version AND ch.at = s.created_at
      WHERE s.expires_at = c.expires_at AND s.until > s.created_at::date AND s.created_at < $1`
    expect(await count(sound, [now])).toBe(8)
    expect(await count('SELECT FROM certification_snooze')).toBe(8)
  })

  it('marks only current, expired certifications that a run has logged', async () => {
    const wrong = `SELECT FROM certification c WHERE c.auto_pause_applied_at IS NOT NULL AND (NOT c.is_current
      OR c.expires_at > c.auto_pause_applied_at OR NOT EXISTS (SELECT FROM auto_pause_log l JOIN job_run r ON r.key = l.job_run_key
        WHERE l.certification_id = c.id AND r.started_at = c.auto_pause_applied_at))`
    expect(await count(wrong)).toBe(0)
  })

  it('has runs that count what they logged, one for each night up to the last', async () => {
    const wrong = `SELECT FROM job_run r LEFT JOIN auto_pause_log l ON l.job_run_key = r.key
      WHERE NOT r.dry_run GROUP BY r.key HAVING r.expired_found <> count(l.key) AND NOT (r.id = 'job_26MAR2026_01' AND r.started_at > $1)`
    expect(await count(wrong, [now])).toBe(0)
    const last = new Date(Date.parse(now) - 3_660_000).toISOString().slice(0, 10)
    expect(await count('SELECT FROM job_run WHERE slot = $1', [last])).toBe(1)
  })

  it('has runs that looked ahead, and found what was expected of them', async () => {
    expect(await count('SELECT FROM job_run WHERE forecast > 0')).toBeGreaterThan(10)
    expect(await count('SELECT FROM job_run WHERE expected > 0')).toBeGreaterThan(10)
    expect(await count('SELECT FROM job_run WHERE NOT dry_run AND expected IS NULL')).toBe(1)
    const ahead = `SELECT FROM job_run WHERE forecast_until <= completed_at OR forecast_until > started_at + interval '1 day'`
    expect(await count(ahead)).toBe(0)
    const missing = `SELECT FROM job_run WHERE NOT dry_run AND started_at <= $1
      AND expired_found < expected - expected_renewed - expected_revoked`
    expect(await count(missing, [now])).toBe(0)
  })

  it('leaves lapses for a dry run to find', async () => {
    const found = `SELECT FROM certification WHERE is_current AND auto_pause_applied_at IS NULL AND expires_at <= $1`
    expect(await count(found, [now])).toBeGreaterThanOrEqual(3)
  })

  it('folds the accepted events to the pause by hand, whatever their order', async () => {
    const wrong = `SELECT FROM mentor m LEFT JOIN LATERAL (SELECT event_type, effective_at FROM sync_event e
        WHERE e.mentor_key = m.key AND e.origin = 'app' ORDER BY effective_at DESC, event_type LIMIT 1) AS newest ON true
      WHERE m.hand_effective_at IS DISTINCT FROM newest.effective_at
        OR m.paused_by_hand <> coalesce(newest.event_type = 'PauseMentorEvent', false)`
    expect(await count(wrong)).toBe(0)
  })

  it('numbers the revisions of the change log up to those of the mentors, oldest first', async () => {
    const wrong = `SELECT FROM mentor m JOIN change c ON c.mentor_key = m.key GROUP BY m.key
      HAVING max(c.revision) <> m.revision OR count(DISTINCT c.revision) <> max(c.revision) - min(c.revision) + 1
        OR max(c.at) <> m.updated_at`
    expect(await count(wrong)).toBe(0)
    const disordered = `SELECT FROM (SELECT at, lag(at) OVER (ORDER BY position) AS before FROM change) AS c WHERE at < before`
    expect(await count(disordered)).toBe(0)
  })

  it('has nothing of its own in the future', async () => {
    const times = `SELECT mentor_key, created_at AS at FROM certification UNION ALL SELECT mentor_key, created_at FROM activity
      UNION ALL SELECT mentor_key, server_timestamp FROM sync_event UNION ALL SELECT mentor_key, acknowledged_at FROM sync_event
      UNION ALL SELECT mentor_key, fired_at FROM bloc_event UNION ALL SELECT mentor_key, dispatched_at FROM duplicate_event
      UNION ALL SELECT mentor_key, last_updated_at FROM duplicate_event UNION ALL SELECT mentor_key, opened_at FROM assignment
      UNION ALL SELECT mentor_key, closed_at FROM assignment UNION ALL SELECT mentor_key, applied_at FROM auto_pause_log
      UNION ALL SELECT mentor_key, at FROM change UNION ALL SELECT key, last_heard_at FROM mentor
      UNION ALL SELECT key, status_updated_at FROM mentor UNION ALL SELECT NULL, completed_at FROM job_run`
    expect(await count(`SELECT FROM (${times}) AS t WHERE at > $1 AND mentor_key > 8`, [now])).toBe(0)
  })

  it('shows every certification state, warning window, pause and kind of event', async () => {
    const window = (from: number, to: number) =>
      `SELECT FROM mentor WHERE last_expiry > $1::timestamptz + interval '${from} days' AND last_expiry <= $1::timestamptz + interval '${to} days'`
    for (const [from, to] of [
      [0, 7],
      [8, 30],
      [31, 60],
      [61, 90],
      [91, 1200],
    ] as const) {
      expect(await count(window(from, to), [now]), `${from} to ${to} days`).toBeGreaterThan(4)
    }
    for (const where of [
      'mentor WHERE paused_by_hand AND paused_by_certification',
      'mentor WHERE paused_by_certification AND NOT paused_by_hand',
      'mentor WHERE incomplete',
      'mentor WHERE last_expiry IS NULL AND NOT incomplete',
      'certification WHERE revoked_at IS NOT NULL',
      'certification WHERE NOT is_current AND revoked_at IS NULL',
      "sync_event WHERE origin = 'server' AND acknowledged_at IS NULL",
      "sync_event WHERE origin = 'app' AND acknowledged_at IS NULL AND accepted",
      'sync_event WHERE NOT accepted AND acknowledged_at IS NULL',
      "sync_event WHERE client_timestamp > server_timestamp + interval '5 minutes'",
      "sync_event WHERE server_timestamp > client_timestamp + interval '2 hours' AND acknowledged_at IS NULL",
      'sync_event WHERE note IS NOT NULL',
      'bloc_event WHERE NOT processed',
      "bloc_event WHERE event_type = 'RecordRenewalEvent' AND applied IS NOT NULL",
      "assignment WHERE status = 'on_hold'",
      'activity_co_leader',
      "duplicate_event WHERE resolution = 'merge'",
      "duplicate_event WHERE resolution = 'co_led'",
    ]) {
      expect(await count(`SELECT FROM ${where}`), where).toBeGreaterThan(0)
    }
  })

  it('has duplicates waiting, each with what it may duplicate', async () => {
    expect(await count("SELECT FROM duplicate_event WHERE state = 'duplicate_found'")).toBeGreaterThan(8)
    const bare = `SELECT FROM duplicate_event e WHERE event_type = 'check' AND state IN ('duplicate_found', 'resolved')
      AND (probability IS NULL OR NOT EXISTS (SELECT FROM duplicate_candidate c WHERE c.event_key = e.key))`
    expect(await count(bare)).toBe(0)
  })

  it('keeps a receipt of each decision, with the evidence it was made on', async () => {
    const decided =
      "SELECT FROM duplicate_event WHERE event_type = 'check' AND state = 'resolved' AND resolution <> 'reviewed'"
    const receipts = "SELECT FROM duplicate_receipt WHERE undone_at IS NULL AND evidence <> '[]'"
    expect(await count(receipts)).toBe(await count(decided))
    expect(await count(`${receipts} AND countable_change <> 0`)).toBeGreaterThan(0)
  })

  it('has a decision that was taken back, and the draft waiting again', async () => {
    const sound = `SELECT FROM duplicate_receipt r JOIN duplicate_event e ON e.key = r.event_key
      JOIN activity a ON a.id = r.content ->> 'activity_id' AND a.content_version = (r.content ->> 'content_before')::int
      WHERE r.decided_at > e.dispatched_at AND r.undone_at > r.decided_at AND r.undone_at = e.last_updated_at
        AND e.state = 'duplicate_found' AND r.evidence <> '[]' AND r.other_mentor_key = r.mentor_key
        AND (SELECT array_agg(action ORDER BY position) FROM change WHERE id = 'evt-' || e.number)
          = ARRAY['dispatched', 'duplicate_found', 'resolved', 'undone']`
    expect(await count(sound)).toBe(1)
    expect(await count('SELECT FROM duplicate_receipt WHERE undone_at IS NOT NULL')).toBe(1)
  })

  it('has two activities that were told apart and have come back since one was corrected', async () => {
    const sound = `SELECT FROM distinct_pair p JOIN activity a ON a.key = p.activity_key
      JOIN activity b ON b.key = p.other_activity_key AND b.updated_at = p.returned_at
      WHERE p.returned_at > p.decided_at AND a.title = p.content ->> 'title' AND b.title <> p.other_content ->> 'title'
        AND p.probability BETWEEN 0 AND 1 AND jsonb_array_length(p.evidence) > 3`
    expect(await count(sound)).toBe(1)
    expect(await count('SELECT FROM distinct_pair WHERE returned_at IS NOT NULL')).toBe(1)
  })

  it('logs the end of each run', async () => {
    const logged = `SELECT FROM job_run r JOIN change c ON c.type = 'job_run' AND c.id = r.id AND c.at = r.completed_at
      WHERE c.action = CASE WHEN r.dry_run THEN 'planned' ELSE 'completed' END AND c.actor = r.actor AND c.mentor_key IS NULL
        AND (c.after ->> 'expired_found')::int = r.expired_found`
    expect(await count(logged)).toBe(await count('SELECT FROM job_run WHERE completed_at <= $1', [now]))
  })

  it('gives Kari Nordmann twelve activities and eight sessions in the last thirty days', async () => {
    const month = `SELECT t.counts_as_session FROM activity a JOIN activity_type t ON (t.org_id, t.id) = (a.org_id, a.activity_type_id)
      JOIN mentor m ON m.key = a.mentor_key WHERE m.mentor_id = 'mentor_a1b2c3' AND a.date > $1::date - 30`
    expect(await count(month, [now])).toBe(12)
    expect(await count(`${month} AND t.counts_as_session`, [now])).toBe(8)
  })

  it('lets new records follow on', async () => {
    for (const statement of [
      `INSERT INTO certification (org_id, mentor_key, certification_type, issued_at, expires_at, created_at, updated_at)
       VALUES ('org_x9y8z7', 9, 'another', now(), now() + interval '1 day', now(), now())`,
      `INSERT INTO activity (org_id, mentor_key, activity_type_id, date, created_at, updated_at)
       VALUES ('org_x9y8z7', 9, 'act-type-01', now(), now(), now())`,
      `INSERT INTO sync_event (org_id, mentor_key, origin, event_type, effective_at, server_timestamp, accepted, resulting_status, updated_at)
       VALUES ('org_x9y8z7', 9, 'app', 'PauseMentorEvent', now(), now(), true, 'paused', now())`,
      `INSERT INTO bloc_event (org_id, mentor_key, event_type, processed, fired_at, updated_at)
       VALUES ('org_x9y8z7', 9, 'LoadCertificationEvent', true, now(), now())`,
      `INSERT INTO duplicate_event (org_id, event_type, mentor_key, activity_type_id, date, draft, state, check_number, dispatched_at)
       VALUES ('org_x9y8z7', 'check', 9, 'act-type-01', now(), '{}', 'checking', nextval('duplicate_check_number'), now())`,
      `INSERT INTO auto_pause_log (org_id, mentor_key, certification_id, job_run_key, reason, applied_at)
       SELECT 'org_x9y8z7', 9, 'cert_04QR8TZ2', min(key), 'expired', now() FROM job_run`,
      `INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
       VALUES ('org_x9y8z7', 'somebody-new', 'Ny', '', now(), now(), now())`,
    ]) {
      await expect(loaded.db.query(statement)).resolves.toMatchObject({ rowCount: 1 })
    }
    const { rows } = await loaded.db.query(
      `SELECT (SELECT max(number) FROM duplicate_event) AS event, (SELECT max(check_number) FROM duplicate_event) AS "check",
        (SELECT max(number) FROM bloc_event) AS bloc`,
    )
    expect(Number(rows[0].event)).toBeGreaterThan(5503)
    expect(Number(rows[0].check)).toBeGreaterThan(7846)
    expect(Number(rows[0].bloc)).toBeGreaterThan(91)
  })
})

describe('loading', () => {
  it('is the same twice for one time and size, and differs for another time', async () => {
    const fingerprint = async (options: { now: string; mentors: number }) => {
      const loaded = await loadSample(options)
      const hashes: Record<string, string> = {}
      for (const table of TABLES) {
        const { rows } = await loaded.db.query(
          `SELECT md5(string_agg(t, E'\\n' ORDER BY t)) AS hash FROM (SELECT (to_jsonb(x) - 'transaction_id' - 'written_in')::text AS t FROM ${table} x) AS rows`,
        )
        hashes[table] = rows[0].hash
      }
      await closeSample(loaded)
      return hashes
    }
    const first = await fingerprint({ now: NOW, mentors: 120 })
    expect(await fingerprint({ now: NOW, mentors: 120 })).toEqual(first)
    expect((await fingerprint({ now: '2026-11-22T14:30:00Z', mentors: 120 })).mentor).not.toBe(first.mentor)
  })

  it('takes another size', async () => {
    const loaded = await loadSample({ now: NOW, mentors: 5000 })
    const { rows } = await loaded.db.query(
      `SELECT (SELECT count(*)::int FROM mentor) AS mentors, (SELECT count(*)::int FROM pg_indexes WHERE tablename = 'activity') AS indexes`,
    )
    const plain = await createTestDatabase()
    const db = new pg.Client({ connectionString: plain.url })
    await db.connect()
    const { rows: before } = await db.query(
      `SELECT count(*)::int AS indexes FROM pg_indexes WHERE tablename = 'activity'`,
    )
    await db.end()
    await plain.drop()
    await closeSample(loaded)
    expect(rows).toEqual([{ mentors: 5000, indexes: before[0].indexes }])
  })

  it('refuses a database that holds mentors, and sizes and times that are none', async () => {
    const loaded = await loadSample({ now: NOW, mentors: 20 })
    expect(await isEmpty(loaded.url)).toBe(false)
    await expect(loadSampleData(loaded.url, { now: NOW })).rejects.toThrow('holds mentors already')
    await expect(loadSampleData(loaded.url, { mentors: 3 })).rejects.toThrow('20 or more')
    await expect(loadSampleData(loaded.url, { now: 'soon' })).rejects.toThrow('not a time')
    await closeSample(loaded)
    const empty = await createTestDatabase()
    expect(await isEmpty(empty.url)).toBe(true)
    await empty.drop()
  })
})
