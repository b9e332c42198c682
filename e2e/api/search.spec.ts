import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SearchResults } from '@/domain/search/schema'
import { type Api, CONTRACT_NOW, openApi } from './harness'
import { seedMentor } from './seed-mentor'

let api: Api
beforeAll(async () => {
  api = await openApi({ sample: true })
})
afterAll(() => api.close())

async function find(q: string, limit?: number): Promise<SearchResults> {
  const query = new URLSearchParams({ q, ...(limit !== undefined && { limit: String(limit) }) })
  const { status, body } = await api.get(`/api/v1/search?${query}`)
  expect(status).toBe(200)
  return body
}

const names = (results: SearchResults) => results.mentors.data.map(({ full_name }) => full_name)
const mentorIds = (results: SearchResults) => results.mentors.data.map(({ mentor_id }) => mentor_id)

describe('words', () => {
  it('are found in any order, without regard to case and accents', async () => {
    const id = await seedMentor(api, { name: 'Øyvør Prøve-Ålesund' })
    for (const q of [
      'øyvør ålesund',
      'ALESUND oyvor',
      'prove oyv',
      `${id.toUpperCase()} prøve`,
      `ålesund ${id}@frivillig`,
    ]) {
      expect(mentorIds(await find(q)), q).toEqual([id])
    }
    expect(mentorIds(await find('øyvør bergen'))).toEqual([])
  })

  it('find a name that begins with them first, then words that do, then the rest, each by name', async () => {
    for (const name of ['Anna Qvistad', 'Bo Blomqvist', 'Qvist Berg', 'Qvist Aas', 'Aud Qvist'])
      await seedMentor(api, { name })
    const expected = ['Qvist Aas', 'Qvist Berg', 'Anna Qvistad', 'Aud Qvist', 'Bo Blomqvist']
    expect(names(await find('qvist'))).toEqual(expected)
    expect(names(await find('QVIST'))).toEqual(expected)
    const few = await find('qvist', 2)
    expect(names(few)).toEqual(expected.slice(0, 2))
    expect(few.mentors.more).toBe(true)
    expect((await find('qvist', 5)).mentors.more).toBe(false)
  })

  it('stand for themselves, whatever they mean elsewhere', async () => {
    const id = await seedMentor(api, { name: 'Per%cent Under_score Back\\slash' })
    for (const q of ['%', '_s', '\\', 'r%c', 'under_score']) expect(mentorIds(await find(q)), q).toContain(id)
    expect(mentorIds(await find('per_cent'))).toEqual([])
    expect(mentorIds(await find('u%score'))).toEqual([])
    for (const q of [
      "'; DROP TABLE mentor; --",
      '"',
      '(((',
      '.*',
      '😀'.repeat(100),
      'a'.repeat(200),
      'ξ '.repeat(99),
      '\u0301',
    ]) {
      expect((await find(q)).mentors, q).toEqual({ data: [], more: false })
    }
  })
})

describe('ids', () => {
  it('find their mentor, the exact one before those that only begin with it', async () => {
    const found = mentorIds(await find('mentor-42'))
    expect(found[0]).toBe('mentor-42')
    expect(mentorIds(await find('MENTOR-42'))[0]).toBe('mentor-42')
    expect(mentorIds(await find('mntr_01HX4V'))).toEqual(['mntr_01HX4V2K8P'])
    expect(mentorIds(await find('01hx4v2k8p'))).toEqual(['mntr_01HX4V2K8P'])
  })

  it('find certifications and sync events, whole or from the front', async () => {
    const certified = (q: string) =>
      find(q).then(({ certifications }) => certifications.data.map((one) => one.certification_id))
    expect(await certified('cert_04QR8TZ2')).toEqual(['cert_04QR8TZ2'])
    expect(await certified('CERT_04qr8')).toEqual(['cert_04QR8TZ2'])
    expect(await certified('cert_04QR8TZ3')).toEqual([])
    const all = await certified('cert_')
    expect(all).toEqual(all.toSorted())
    expect(all).toHaveLength(6)
    const { sync_events } = await find('evt_xp2k')
    expect(sync_events).toMatchObject({
      data: [{ sync_event_id: 'evt_XP2KL9RQ', mentor_id: 'mntr_01HX4V2K8P' }],
      more: false,
    })
  })

  it('find duplicate events by their own and by their check, and certification events', async () => {
    const duplicates = (q: string) => find(q).then((found) => found.duplicates.data.map(({ id }) => id))
    expect(await duplicates('evt-5503')).toEqual(['evt-5503'])
    const beginning = await duplicates('evt-550')
    expect(beginning[0]).toBe('evt-5500')
    expect(beginning).toContain('evt-5503')
    expect(await duplicates('evt-55030')).toEqual([])
    const byCheck = await find('dc-7846')
    expect(byCheck.duplicates.data).toHaveLength(1)
    const event = await api.get(`/api/v1/duplicate-events/${byCheck.duplicates.data[0]?.id}`)
    expect(event.body.duplicate_check_id).toBe('dc-7846')
    const { bloc_events } = await find('evt-bloc-0091')
    expect(bloc_events).toMatchObject({ data: [{ id: 'evt-bloc-0091', mentor_id: 'mentor-42' }], more: false })
    expect((await find('evt-bloc-009')).bloc_events.data.map(({ id }) => id)).toContain('evt-bloc-0091')
    expect((await find('evt-bloc-91919')).bloc_events.data).toEqual([])
  })

  it('are gone once the record is', async () => {
    const mentor_id = await seedMentor(api, { name: 'Slettet Hendelse' })
    const posted = await api.post('/api/v1/mentor-status-sync/events', { event_type: 'PauseMentorEvent', mentor_id })
    const id = posted.body.sync_event_id
    expect((await find(id)).sync_events.data).toHaveLength(1)
    await api.delete(`/api/v1/mentor-status-sync/events/${id}`)
    expect((await find(id)).sync_events.data).toEqual([])
    expect((await find('slettet')).sync_events.data).toEqual([])
    expect((await find('slettet')).mentors.data).toHaveLength(1)
  })
})

describe('records', () => {
  it('are found by their mentor', async () => {
    const mentor_id = await seedMentor(api, { name: 'Zorro Zeppelin' })
    await api.post('/api/v1/certifications', {
      mentor_id,
      certification_type: 'first_aid',
      issued_at: '2025-01-01T00:00:00Z',
      expires_at: '2026-01-01T00:00:00Z',
    })
    await api.post('/api/v1/mentor-status-sync/events', {
      event_type: 'PauseMentorEvent',
      mentor_id,
      reason: 'Fjelltur på Hardangervidda',
      client_timestamp: '2026-03-26T09:00:00Z',
    })
    const checked = await api.post('/api/v1/duplicate-events', {
      event_type: 'check',
      peer_id: mentor_id,
      activity_type_id: 'act-type-9',
      date: '2026-03-20',
      draft_activity: { title: 'Vaffelkveld på Øya' },
    })
    await api.finishJobs()
    const mentor_name = 'Zorro Zeppelin'
    const found = await find('zeppelin zorro')
    expect(found.certifications.data).toMatchObject([
      {
        mentor_id,
        mentor_name,
        certification_type: 'first_aid',
        status: 'expired',
        expires_at: '2026-01-01T00:00:00Z',
      },
    ])
    expect(found.sync_events.data).toMatchObject([
      {
        mentor_id,
        mentor_name,
        event_type: 'PauseMentorEvent',
        accepted: true,
        acknowledged: false,
        words: 'Fjelltur på Hardangervidda',
      },
    ])
    expect(found.duplicates.data).toMatchObject([
      {
        id: checked.body.id,
        mentor_id,
        mentor_name,
        event_type: 'check',
        title: 'Vaffelkveld på Øya',
        date: '2026-03-20',
      },
    ])
    expect(found.bloc_events).toEqual({ data: [], more: false })
  })

  it('are found by what is written in them, and by both together', async () => {
    expect((await find('hardangerv FJELL')).sync_events.data).toMatchObject([{ mentor_name: 'Zorro Zeppelin' }])
    expect((await find('vaffelkveld oya')).duplicates.data).toMatchObject([{ title: 'Vaffelkveld på Øya' }])
    expect((await find('first aid')).certifications.data).toMatchObject([{ mentor_name: 'Zorro Zeppelin' }])
    expect((await find('aid zorro')).certifications.data).toMatchObject([{ certification_type: 'first_aid' }])
    expect((await find('aid kari')).certifications.data).toEqual([])
  })

  it('are found by the note of a coordinator as well, which is what is shown', async () => {
    const event = (await find('hardangervidda')).sync_events.data[0]
    const path = `/api/v1/mentor-status-sync/events/${event?.sync_event_id}`
    await api.put(path, { reason: 'Ringte; tilbake etter påskeharen', acknowledged: true })
    expect((await find('påskeharen')).sync_events.data).toMatchObject([
      { words: 'Ringte; tilbake etter påskeharen', acknowledged: true },
    ])
    expect((await find('hardangervidda')).sync_events.data).toHaveLength(1)
  })

  it('that many share come newest first, and once', async () => {
    const { sync_events } = await find('certification')
    expect(sync_events.more).toBe(true)
    const times = sync_events.data.map((one) => one.server_timestamp)
    expect(times).toEqual(times.toSorted().toReversed())
    expect(new Set(sync_events.data.map((one) => one.sync_event_id)).size).toBe(6)
  })
})

describe('other organisations and erased mentors', () => {
  it('never appear', async () => {
    await api.db.query(`INSERT INTO organisation (id, name) VALUES ('org_other', 'Andre')`)
    const insert = (org: string, id: string, erased: string | null) =>
      api.db.query(
        `INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at, erased_at)
         VALUES ($1, $2, 'Wilhelmina Fremmed', '', $3, $3, $3, $4) RETURNING key`,
        [org, id, CONTRACT_NOW, erased],
      )
    const mine = await insert('org_x9y8z7', 'wilhelmina-1', null)
    for (const { org, key } of [
      { org: 'org_x9y8z7', key: mine.rows[0].key },
      { org: 'org_x9y8z7', key: (await insert('org_x9y8z7', 'wilhelmina-2', CONTRACT_NOW)).rows[0].key },
      { org: 'org_other', key: (await insert('org_other', 'wilhelmina-1', null)).rows[0].key },
    ]) {
      await api.db.query(
        `INSERT INTO certification (org_id, id, mentor_key, certification_type, issued_at, expires_at, created_at, updated_at)
         VALUES ($1, 'cert_WW' || lpad($2::bigint::text, 6, '0'), $2::bigint, 'wizardry', $3, '2027-01-01', $3, $3)`,
        [org, key, CONTRACT_NOW],
      )
      await api.db.query(
        `INSERT INTO sync_event (org_id, id, mentor_key, origin, event_type, reason, effective_at, server_timestamp, accepted, resulting_status, updated_at)
         VALUES ($1, 'evt_WW' || lpad($2::bigint::text, 6, '0'), $2::bigint, 'app', 'PauseMentorEvent', 'Wunderkammer', $3, $3, true, 'paused', $3)`,
        [org, key, CONTRACT_NOW],
      )
    }
    expect(mentorIds(await find('wilhelmina'))).toEqual(['wilhelmina-1'])
    for (const q of ['wilhelmina', 'wizardry', 'cert_WW', 'evt_WW', 'wunderkammer']) {
      const { mentors, certifications, sync_events } = await find(q)
      for (const { mentor_id } of [...mentors.data, ...certifications.data, ...sync_events.data]) {
        expect(mentor_id, q).toBe('wilhelmina-1')
      }
      expect(mentors.data.length + certifications.data.length + sync_events.data.length, q).toBeGreaterThan(0)
    }
  })
})

it('refuses a query that is missing, empty or too long, and limits that are none', async () => {
  for (const query of ['', 'q=', 'q=%20%20', `q=${'a'.repeat(201)}`, 'q=a&limit=0', 'q=a&limit=51', 'q=a&limit=x']) {
    const { status, body } = await api.get(`/api/v1/search?${query}`)
    expect(status, query).toBe(400)
    expect(body.code).toBe('invalid_request')
    expect(body.errors[0].pointer).toBe(query.includes('limit') ? 'limit' : 'q')
  }
  expect((await api.get(`/api/v1/search?q=${'a'.repeat(200)}&limit=50`)).status).toBe(200)
})

it('answers the same as long as nothing changed', async () => {
  const first = await api.get('/api/v1/search?q=an')
  const second = await api.get('/api/v1/search?q=an')
  expect(second.text).toBe(first.text)
  const etag = String(first.headers.get('etag'))
  expect((await api.get('/api/v1/search?q=an', { 'if-none-match': etag })).status).toBe(304)
})
