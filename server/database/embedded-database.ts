import { setTimeout as wait } from 'node:timers/promises'
import { type Control, databaseUrl, reachServer } from './control'
import { DataFolder } from './data-folder'
import { becomeServer, enter, leave, nameOfServer, othersGone } from './locks'
import type { Database, OpenDatabaseOptions } from './open-database'
import type { Profile } from './settings'
import { stopServer, tellToStop } from './stop-server'

/** An embedded PostgreSQL that this process uses: started or joined, watched, brought back, and stopped by the last user. */
export class EmbeddedDatabase implements Database {
  readonly embedded = true
  readonly #folder: DataFolder
  readonly #options: OpenDatabaseOptions
  readonly #profile: Profile
  #control: Control | undefined
  #url = ''
  #closing = false
  #recovery: Promise<void> | undefined

  static async open(options: OpenDatabaseOptions, profile: Profile = 'durable'): Promise<EmbeddedDatabase> {
    const database = new EmbeddedDatabase(options, profile)
    await database.#join(false)
    return database
  }

  private constructor(options: OpenDatabaseOptions, profile: Profile) {
    this.#options = options
    this.#profile = profile
    this.#folder = new DataFolder(options.dataDir)
  }

  get url(): string {
    return this.#url
  }

  /** The process id of the server, which is not a child of this process if another one started it. */
  get serverPid(): number | undefined {
    return this.#folder.readPostmaster()?.pid
  }

  #connection() {
    const connection = this.#folder.readConnection()
    if (!connection) throw new Error(`${this.#folder.path}/connection.json has disappeared.`)
    return connection
  }

  async #join(again: boolean): Promise<void> {
    const name = `${this.#options.role} ${process.pid}`
    const control = await reachServer(this.#folder, name, this.#profile, again)
    try {
      if (this.#options.role === 'server' && !(await becomeServer(control, 1500))) {
        throw new AnotherServer(this.#folder.path, await nameOfServer(control))
      }
      await enter(control)
    } catch (error) {
      await control.end().catch(() => {})
      if (error instanceof AnotherServer || this.#closing) throw error
      return this.#join(again) // the last user was just stopping it
    }
    this.#control = control
    this.#url = databaseUrl(this.#connection(), 'app', 'app')
    control.once('end', () => {
      if (!this.#closing) this.#recovery = this.#recover()
    })
  }

  /** The control session broke off: the server was killed, crashed, or an administrator ended the session. */
  async #recover(): Promise<void> {
    this.#control = undefined
    this.#options.log?.('The connection to the embedded PostgreSQL broke off; bringing it back.')
    for (let pause = 100; !this.#closing; pause = Math.min(pause * 2, 5000)) {
      if (!this.#folder.isInitialised())
        return this.#lose(new Error(`The data in ${this.#folder.data} has disappeared.`))
      try {
        await this.#join(true)
        this.#options.log?.('The embedded PostgreSQL is back.')
        return
      } catch (error) {
        if (error instanceof AnotherServer) return this.#lose(error)
        this.#options.log?.(`${(error as Error).message} Trying again.`)
        await wait(pause)
      }
    }
  }

  #lose(error: Error): void {
    this.#closing = true
    this.#options.onLost?.(error)
  }

  async close(): Promise<void> {
    this.#closing = true
    await this.#recovery
    const control = this.#control
    this.#control = undefined
    if (!control) return
    const alone = await leave(control).catch(() => false)
    if (alone) {
      await othersGone(control).catch(() => {})
      await stopServer(this.#folder)
    }
    await control.end().catch(() => {})
  }

  abandon(): void {
    if (this.#control && this.#options.role === 'server') tellToStop(this.#folder)
    this.#closing = true
  }
}

class AnotherServer extends Error {
  constructor(folder: string, name: string | undefined) {
    const who = name ? ` (process ${name.replace(/^\D+/, '')})` : ''
    super(
      `Another server is already running on the data in ${folder}${who}. Nothing was changed. Stop that one first, start this one with another folder in DATA_DIR, or let several servers share one PostgreSQL through DATABASE_URL.`,
    )
  }
}
