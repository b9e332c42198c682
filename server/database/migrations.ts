import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface Migration {
  readonly name: string
  readonly sql: string
  /** As Prisma computes it: sha-256 of the file's bytes. */
  readonly checksum: string
}

const migrationsFolder = () => path.join(process.cwd(), 'prisma', 'migrations')

/** The migrations of a folder in their order. */
export function readMigrations(folder = migrationsFolder()): Migration[] {
  // the bundler would otherwise take a folder that it cannot foresee for the whole project
  return readdirSync(/*turbopackIgnore: true*/ folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = readFileSync(path.join(folder, name, 'migration.sql'))
      return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') }
    })
}
