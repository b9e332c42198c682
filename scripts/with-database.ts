/**
 * Runs a command with the database open and its address in DATABASE_URL:
 *   npm run db:run -- npx prisma migrate status
 *   npm run db:run -- psql
 * Without a command it prints the address and keeps the database open until it is ended (Ctrl-C).
 */
import { spawn } from 'node:child_process'
import { openDatabase } from '@/server/database/open-database'
import { dataFolder, loadEnvironment } from '@/server/environment'

loadEnvironment()

const database = await openDatabase({
  dataDir: dataFolder(),
  databaseUrl: process.env.DATABASE_URL,
  role: process.env.DATABASE_ROLE === 'server' ? 'server' : 'command',
  log: console.error,
}).catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
const [command, ...rest] = process.argv.slice(2)
const ended = new Promise<number>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(0))
  if (!command) return
  const child = spawn(command, rest, { stdio: 'inherit', env: { ...process.env, ...addresses(database.url) } })
  child.once('error', (error) => {
    console.error(`${command} could not be run: ${error.message}`)
    resolve(1)
  })
  child.once('exit', (code) => resolve(code ?? 1))
})
if (!command) {
  console.log(database.url)
  process.stdin.resume() // something to wait for
}
const code = await ended
await database.close()
process.exit(code)

/** For programs that read DATABASE_URL, and for PostgreSQL's own. */
function addresses(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    DATABASE_URL: url,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  }
}
