// A database that was dumped in one PostgreSQL cluster and restored into another one.
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { migrate } from '@/server/database/migrate'
import { createTestDatabase, startTestServer, type TestServer } from '@/server/database/test-database'
import { openStream } from '../api/event-stream'
import { CONTRACT_NOW, newMentorId, openApi } from '../api/harness'
import { openMount } from '../api/mounts'
import { pause } from '../api/sync-requests'

// of this test's own: a transaction anywhere in a cluster holds back what all its databases tell
let old: TestServer
let young: TestServer
beforeAll(async () => {
  ;[old, young] = await Promise.all([startTestServer(), startTestServer()])
  process.env.TEST_DATABASE_URL = old.url
})
afterAll(() => Promise.all([old.stop(), young.stop()]))

it('tells the whole feed anew in the same order, refuses the cursors of before, and goes on from its own', async () => {
  const before = await openApi()
  // an old cluster has counted more transactions than a new one
  await before.db.query('DO $$ BEGIN FOR number IN 1..5000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$')
  for (const number of [1, 2, 3]) {
    await pause(before, { mentor_id: newMentorId(), client_timestamp: `2026-03-01T04:00:0${number}Z` })
  }
  const { body: told } = await before.get('/api/v1/changes')
  expect(told.data).toHaveLength(6)
  const dump = await dumpDatabase(before.url)
  await before.close()

  const { url, drop } = await createTestDatabase(young.url)
  await restore(url, dump)
  await migrate(url)
  const { fetch, close } = await openMount(url, CONTRACT_NOW)
  const read = async (query = '') => {
    const answer = await fetch(`/api/v1/changes${query}`, {})
    return { status: answer.status, body: await answer.json() }
  }
  try {
    expect(await read(`?since=${told.next}`)).toMatchObject({ status: 410, body: { code: 'reload_required' } })
    const { body: again } = await read()
    expect(again.data).toEqual(told.data)
    const mentor_id = newMentorId()
    const added = await fetch(`/api/v1/mentors/${mentor_id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ full_name: 'Kari Ny' }),
    })
    expect(added.status).toBe(200)
    const { body: next } = await read(`?since=${again.next}`)
    expect(new Set(next.data.map((change: { mentor_id: string }) => change.mentor_id))).toEqual(new Set([mentor_id]))
    // a second start leaves the order as it is
    await migrate(url)
    expect((await read()).body.data).toEqual([...told.data, ...next.data])
  } finally {
    await close()
    await drop()
  }
})

it('put in place while streams are open, ends them, and no cursor of before leads into it', async () => {
  const api = await openApi()
  const stream = await openStream(api, '/api/v1/changes/stream')
  await pause(api, { mentor_id: newMentorId(), client_timestamp: '2026-03-01T04:00:01Z' })
  const { id: cursor } = await stream.find({ type: 'sync_event' })
  const [place, other] = [new URL(api.url), await createTestDatabase()]
  const name = (url: URL | string) => new URL(url).pathname.slice(1)
  const away = `${name(place)}_away`
  place.pathname = '/postgres'
  await withClient(place.href, async (db) => {
    // whoever holds a connection comes back as soon as it is cut, and may be in the way again
    await vi.waitFor(
      async () => {
        await db.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name(api.url)])
        await db.query(`ALTER DATABASE ${name(api.url)} RENAME TO ${away}`)
      },
      { timeout: 10_000, interval: 20 },
    )
    await db.query(`ALTER DATABASE ${name(other.url)} RENAME TO ${name(api.url)}`)
    await stream.ended
    const since = (cursor: string) => api.get(`/api/v1/changes?since=${cursor}`)
    await vi.waitFor(async () => expect((await since(cursor)).body.code).toBe('reload_required'), 10_000)
    const { headers } = await api.get('/api/v1/mentor-status-sync')
    expect((await since(headers.get('changes-cursor') ?? '')).status).toBe(200)
    await api.close()
    await db.query(`DROP DATABASE ${away}`)
  })
})

interface Dump {
  readonly tables: readonly { name: string; columns: string; rows: string }[]
  readonly sequences: readonly { name: string; last_value: string | null }[]
}

/** What `pg_dump` would write of the rows. */
async function dumpDatabase(url: string): Promise<Dump> {
  return withClient(url, async (db) => {
    const { rows: tables } = await db.query(`
      SELECT table_name AS name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER' GROUP BY table_name`)
    for (const table of tables) {
      const { rows } = await db.query(
        `SELECT coalesce(jsonb_agg(to_jsonb(one)), '[]')::text AS rows FROM "${table.name}" AS one`,
      )
      table.rows = rows[0].rows
    }
    const { rows: sequences } = await db.query(
      `SELECT sequencename AS name, last_value FROM pg_sequences WHERE schemaname = 'public'`,
    )
    return { tables, sequences }
  })
}

async function restore(url: string, { tables, sequences }: Dump): Promise<void> {
  await withClient(url, async (db) => {
    // what refers to other rows is added after them, as pg_restore does
    const { rows: references } = await db.query(`
      SELECT conrelid::regclass AS place, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
      FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`)
    for (const { place, name } of references) await db.query(`ALTER TABLE ${place} DROP CONSTRAINT ${name}`)
    for (const { name, columns, rows } of tables) {
      await db.query(`DELETE FROM "${name}"`)
      await db.query(
        `INSERT INTO "${name}" (${columns}) OVERRIDING SYSTEM VALUE
         SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${name}", $1)`,
        [rows],
      )
    }
    for (const { place, name, definition } of references) {
      await db.query(`ALTER TABLE ${place} ADD CONSTRAINT ${name} ${definition}`)
    }
    for (const { name, last_value } of sequences) {
      if (last_value !== null) await db.query('SELECT setval($1::regclass, $2)', [`public.${name}`, last_value])
    }
  })
}

async function withClient<T>(url: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client({ connectionString: url, options: '-c timezone=UTC' })
  await db.connect()
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}
