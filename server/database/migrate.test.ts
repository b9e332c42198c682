import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from './migrate'
import { query } from './test-apps'
import { createTestDatabase, type TestDatabase } from './test-database'

const TABLE = 'CREATE TABLE thing (id bigint PRIMARY KEY);'
const FUNCTION =
  'CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 2; END; $$; INSERT INTO thing VALUES (1);'

describe('migrate', () => {
  let database: TestDatabase
  let folder: string

  beforeEach(async () => {
    database = await createTestDatabase(process.env.TEST_DATABASE_URL, 'template1')
    folder = mkdtempSync(path.join(tmpdir(), 'migrations-'))
    write('1_thing', TABLE)
  })
  afterEach(async () => {
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  function write(name: string, sql: string) {
    mkdirSync(path.join(folder, name), { recursive: true })
    writeFileSync(path.join(folder, name, 'migration.sql'), sql)
  }

  test('applies what is new, in order, and records it as Prisma does', async () => {
    write('2_function', FUNCTION)
    expect(await migrate(database.url, { folder })).toEqual(['1_thing', '2_function'])
    expect(await migrate(database.url, { folder })).toEqual([])
    write('3_more', 'ALTER TABLE thing ADD more text;')
    expect(await migrate(database.url, { folder })).toEqual(['3_more'])
    const records = await query(
      database.url,
      'SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations ORDER BY 1 LIMIT 1',
    )
    expect(records).toEqual([
      {
        migration_name: '1_thing',
        checksum: '11c20133a8b29dab7ca04d2a02d35523997352713b26f5c9a9c58957e16ea14b',
        applied_steps_count: 1,
      },
    ])
  })

  test('instances that start together apply everything once', async () => {
    write('2_function', FUNCTION)
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, { folder })))
    expect(applied.flat().sort()).toEqual(['1_thing', '2_function'])
    expect(await query(database.url, 'SELECT id::int FROM thing')).toEqual([{ id: 1 }])
  })

  test('keeps nothing of a migration that fails, says where, and applies it once it is mended', async () => {
    write('2_function', 'INSERT INTO thing VALUES (7);\nINSERT INTO nothing VALUES (7);')
    await expect(migrate(database.url, { folder })).rejects.toThrow(
      'The migration 2_function failed in line 2: relation "nothing" does not exist. Nothing of it was kept.',
    )
    expect(await query(database.url, 'SELECT id FROM thing')).toEqual([])
    write('2_function', FUNCTION)
    expect(await migrate(database.url, { folder })).toEqual(['2_function'])
  })

  test('says what is wrong with an address', async () => {
    const wrong = database.url.replace(/\/test_\w+$/, '/nowhere')
    await expect(migrate(wrong, { folder })).rejects.toThrow('database "nowhere" does not exist. Check DATABASE_URL.')
    await expect(migrate('postgresql://app@127.0.0.1:1/app', { folder, patience: 0 })).rejects.toThrow('ECONNREFUSED')
  })

  test('an edited migration is told, not applied again', async () => {
    await migrate(database.url, { folder })
    write('1_thing', `${TABLE} -- edited`)
    const told: string[] = []
    expect(await migrate(database.url, { folder, log: (message) => told.push(message) })).toEqual([])
    expect(told).toEqual(['The migration 1_thing was edited after it had been applied.'])
  })
})
