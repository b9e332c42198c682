import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/server/database/test-database'
import { type AppProcess, startApp } from './app-process'

/** An app on a database of its own for as long as a file's tests run, to be killed in the middle of its work. */
export class KilledApp {
  #database: TestDatabase | undefined
  #app: AppProcess | undefined
  readonly #clients: pg.Client[] = []

  constructor() {
    beforeAll(async () => {
      this.#database = await createTestDatabase()
      await this.start()
      await this.#connect()
    }, 180_000)
    afterAll(async () => {
      await this.#app?.stop()
      for (const client of this.#clients) await client.end()
      await this.#database?.drop()
    })
  }

  get db(): pg.Client {
    return found(this.#clients[0])
  }

  async start(): Promise<void> {
    this.#app = await startApp({ DATABASE_URL: found(this.#database).url })
  }

  kill(): Promise<void> {
    return found(this.#app).kill()
  }

  get(path: string): Promise<Response> {
    return fetch(found(this.#app).url + path)
  }

  post(path: string, body: object, key?: string): Promise<Response> {
    return fetch(found(this.#app).url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
      body: JSON.stringify(body),
    })
  }

  /** Has whoever comes to this mentor wait there, until the function that it returns is called. */
  async hold(mentorId: string): Promise<() => Promise<void>> {
    const holder = await this.#connect()
    await holder.query('BEGIN')
    await holder.query('SELECT FROM mentor WHERE mentor_id = $1 FOR UPDATE', [mentorId])
    return async () => {
      await holder.query('ROLLBACK')
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: found(this.#database).url })
    await client.connect()
    this.#clients.push(client)
    return client
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the app is not there before the tests begin')
  return value
}
