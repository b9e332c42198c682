import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeSample, type LoadedSample, loadSample } from './loaded-sample'

const NOW = '2026-03-26T10:00:00Z'

describe('the records of the contracts', () => {
  let loaded: LoadedSample
  beforeAll(async () => {
    loaded = await loadSample({ now: NOW })
  })
  afterAll(() => closeSample(loaded))

  const find = async (query: string) => (await loaded.db.query(query)).rows

  it('has the certifications', async () => {
    const rows =
      await find(`SELECT c.id, m.mentor_id, c.certification_type AS type, to_char(c.issued_at, 'YYYY-MM-DD') AS issued,
      to_char(c.expires_at, 'YYYY-MM-DD') AS expires, to_json(c.auto_pause_applied_at) #>> '{}' AS paused
      FROM certification c JOIN mentor m ON m.key = c.mentor_key WHERE m.key < 4 ORDER BY c.key`)
    expect(rows).toMatchObject([
      {
        id: 'cert_03PQ7SY1',
        mentor_id: 'mntr_02BY7M3RL',
        issued: '2023-03-01',
        expires: '2026-03-01',
        paused: '2026-03-02T01:00:00+00:00',
      },
      { id: 'cert_04QR8TZ2', mentor_id: 'mntr_01HX4V2K8P', issued: '2024-06-15', expires: '2027-06-15', paused: null },
      { mentor_id: 'mentor-42', type: 'peer_mentor_level_2', issued: '2026-03-01', expires: '2027-03-01' },
      { id: 'cert_09WX5AK7', type: 'peer_mentor_advanced', issued: '2026-03-26', expires: '2028-03-26', paused: null },
    ])
  })

  it('has the runs and the log', async () => {
    const rows =
      await find(`SELECT r.id, r.mentors_scanned AS scanned, r.expired_found AS found, r.auto_paused AS paused,
      array_agg(l.id ORDER BY l.key) AS logs FROM job_run r JOIN auto_pause_log l ON l.job_run_key = r.key
      WHERE r.id IN ('job_02MAR2026_01', 'job_26MAR2026_01') GROUP BY r.key ORDER BY r.key`)
    expect(rows).toMatchObject([
      { id: 'job_02MAR2026_01', found: 1, logs: ['log_01AAZ7BC'] },
      { id: 'job_26MAR2026_01', scanned: 84, found: 3, paused: 3, logs: { length: 3 } },
    ])
  })

  it('has the pending pause, and the resume after which the mentor is active', async () => {
    const rows =
      await find(`SELECT e.event_type, e.accepted, e.acknowledged_at IS NULL AS pending, e.resulting_status AS status
      FROM sync_event e WHERE e.mentor_key = 1 ORDER BY e.key`)
    expect(rows).toEqual([
      { event_type: 'PauseMentorEvent', accepted: true, pending: true, status: 'paused' },
      { event_type: 'ResumeMentorEvent', accepted: true, pending: false, status: 'active' },
    ])
  })

  it('has the events of mentor-42 and peer-0091', async () => {
    expect(await find(`SELECT number::int, event_type FROM bloc_event WHERE mentor_key = 3 ORDER BY key`)).toEqual([
      { number: 90, event_type: 'LoadCertificationEvent' },
      { number: 91, event_type: 'EnrolInCourseEvent' },
    ])
    const events = await find(`SELECT e.number::int, e.event_type, e.state, e.check_number::int AS "check", a.title
      FROM duplicate_event e LEFT JOIN activity a ON a.key = e.activity_key WHERE e.mentor_key = 5 ORDER BY e.key`)
    expect(events).toEqual([
      { number: 5501, event_type: 'check', state: 'duplicate_found', check: 7841, title: null },
      { number: 5502, event_type: 'merge', state: 'resolved', check: null, title: 'Peer support session' },
      { number: 5503, event_type: 'check', state: 'clear', check: 7846, title: 'Group Facilitation' },
    ])
  })

  it('has Kari Nordmann cached an hour ago', async () => {
    const rows =
      await find(`SELECT s.state, s.revision = m.revision AS current, s.loaded_at = '2026-03-26T09:00:00Z' AS hour_ago
      FROM mentor_snapshot s JOIN mentor m ON m.key = s.mentor_key WHERE m.mentor_id = 'mentor_a1b2c3'`)
    expect(rows).toEqual([{ state: 'loaded', current: true, hour_ago: true }])
  })
})
