import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { tryLockFile } from './database/file-lock'
import { compressStaticFiles } from './static-files'

/** Everything that a production build is made of. */
const SOURCES = [
  'app',
  'components',
  'domain',
  'lib',
  'messages',
  'public',
  'server',
  'prisma/schema.prisma',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.js',
  'package-lock.json',
  'postcss.config.js',
  'tsconfig.json',
]
const STAMP = '.next/sources'
const LOCK = 'generated/build.lock'

/** Builds unless the last build was made of the very same sources. Servers that start together build once. */
export async function buildIfStale(log: (message: string) => void, signal: AbortSignal): Promise<void> {
  if (!isStale()) return
  await locked(signal, async () => {
    if (!isStale()) return
    log('The production build is missing or older than the sources; building (some 30 seconds).')
    await generateAndBuild(signal)
  })
}

/** Builds in any case. Throws when it fails. */
export function build(signal: AbortSignal): Promise<void> {
  return locked(signal, () => generateAndBuild(signal))
}

async function locked(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  mkdirSync('generated', { recursive: true })
  let lock = tryLockFile(LOCK)
  while (lock === undefined) {
    await wait(200, undefined, { signal })
    lock = tryLockFile(LOCK)
  }
  try {
    await work()
  } finally {
    closeSync(lock)
  }
}

/** Notes afterwards what the build was made of. */
async function generateAndBuild(signal: AbortSignal): Promise<void> {
  const sources = hashSources()
  await run('npm', ['run', '--silent', 'generate'], signal)
  await run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], signal)
  await compressStaticFiles()
  writeFileSync(STAMP, sources)
}

function isStale(): boolean {
  const complete = existsSync('.next/BUILD_ID') && existsSync('routes.generated.ts') && existsSync(STAMP)
  return !complete || readFileSync(STAMP, 'utf8') !== hashSources()
}

/** By content and not by time: a checkout or a copy changes times. */
function hashSources(): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesOf(source)) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesOf(source: string): string[] {
  const stats = statSync(source, { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return [source]
  return readdirSync(source, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.d\.json\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

async function run(program: string, args: string[], signal: AbortSignal): Promise<void> {
  const environment = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: environment, signal })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`"${path.basename(program)} ${args.join(' ')}" failed; its messages stand above.`)
}
