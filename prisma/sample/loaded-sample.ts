import pg from 'pg'
import { createTestDatabase, type TestDatabase } from '@/server/database/test-database'
import { loadSampleData } from './load'

/** A database of its own with the sample data in it. */
export interface LoadedSample extends TestDatabase {
  readonly db: pg.Pool
}

export async function loadSample(options: { now: string; mentors?: number }): Promise<LoadedSample> {
  const database = await createTestDatabase()
  await loadSampleData(database.url, options)
  const db = new pg.Pool({ connectionString: database.url, max: 2, options: '-c timezone=UTC' })
  return { ...database, db }
}

export async function closeSample(loaded: LoadedSample): Promise<void> {
  await loaded.db.end()
  await loaded.drop()
}
