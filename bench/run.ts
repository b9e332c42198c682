// npm run bench: prints the figures that the app is held to, as ratios within this run. Talks to 127.0.0.1 only.
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { loadSampleData } from '@/prisma/sample/load'
import { migrate } from '@/server/database/migrate'
import { openDatabase } from '@/server/database/open-database'
import { benchBrowser } from './browser'
import { benchChanges } from './changes'
import { benchDuplicates } from './duplicates'
import { type Figures, load, median, type Shape } from './load'
import { type Running, run, start } from './processes'
import { benchSearch } from './search'
import { makeShapes } from './shapes'

const MENTORS = 10_000
const ROUNDS = 3
const SECONDS = 6
const root = process.cwd()
const folder = mkdtempSync(path.join(tmpdir(), 'bench-'))
const dataDir = path.join(folder, 'data')
const chosen = process.argv.slice(2)
const wanted = (part: string) => chosen.length === 0 || chosen.includes(part)

console.log(
  `Node ${process.version}, ${cpus().length} cores, ${MENTORS.toLocaleString('en')} mentors, embedded database`,
)
try {
  if (wanted('duplicates')) await benchDuplicates(folder)
  if (chosen.some((part) => part !== 'duplicates') || chosen.length === 0) await prepareApp()
  if (wanted('throughput')) await benchThroughput()
  if (wanted('browser')) await benchScreens()
  if (wanted('heap')) await benchHeap()
  if (wanted('start')) await benchStart()
  if (wanted('clone')) await benchClone()
  if (wanted('search')) await benchSearch(folder)
  if (wanted('changes')) await benchChanges(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function prepareApp(): Promise<void> {
  await run('npm', ['run', 'build'])
  const database = await openDatabase({ dataDir, role: 'command' })
  await migrate(database.url)
  await loadSampleData(database.url, { mentors: MENTORS })
  await database.close()
}

function startApp(args: string[] = []): Promise<Running> {
  return start(process.execPath, () => [...args, '--import', 'tsx', 'server/main.ts', 'start'], '/readyz', {
    env: { DATA_DIR: dataDir, EXPIRY_JOB_AT: 'off', LOG_LEVEL: 'warn' },
  })
}

async function benchThroughput(): Promise<void> {
  await run(process.execPath, ['node_modules/next/dist/bin/next', 'build', 'bench/floor'])
  const next = path.join(root, 'node_modules/next/dist/bin/next')
  const floor = await start(
    process.execPath,
    (port) => [next, 'start', 'bench/floor', '-H', '127.0.0.1', '-p', String(port)],
    '/api/constant',
  )
  const app = await startApp()
  try {
    const { certifications, snapshot, event } = await makeShapes(app.url)
    const constantGet: Shape = { name: 'floor GET', method: 'GET', next: () => ({ path: '/api/constant' }) }
    const constantPost: Shape = {
      name: 'floor POST',
      method: 'POST',
      next: () => ({ path: '/api/constant', body: '{}' }),
    }
    for (const shape of [certifications, snapshot, event]) {
      const reference = shape.method === 'GET' ? constantGet : constantPost
      const [ours, floors] = await inTurn([app.url, shape], [floor.url, reference])
      report(shape.name, ours, floors, shape.method === 'GET' ? 2 : 0.5)
    }
  } finally {
    await app.stop()
    await floor.stop()
  }
}

/** Both in turn, so that a drift of the machine meets both. */
async function inTurn(a: [string, Shape], b: [string, Shape]): Promise<[Figures[], Figures[]]> {
  const figures: [Figures[], Figures[]] = [[], []]
  await load(...a, { seconds: 2 })
  await load(...b, { seconds: 2 })
  for (let round = 0; round < ROUNDS; round++) {
    figures[0].push(await load(...a, { seconds: SECONDS }))
    figures[1].push(await load(...b, { seconds: SECONDS }))
  }
  return figures
}

function report(name: string, ours: Figures[], floors: Figures[], least: number): void {
  const rate = median(ours.map((one, round) => one.rate / (floors[round]?.rate ?? Number.NaN)))
  const p99 = median(ours.map((one) => one.p99)) / median(floors.map((one) => one.p99))
  console.log(
    `${name}: ${rate.toFixed(2)} × the throughput of a bare Next.js handler (wanted: at least ${least}), p99 ${p99.toFixed(2)} × its p99 (wanted: under 5)` +
      `  [${median(ours.map((one) => one.rate)).toFixed(0)}/s against ${median(floors.map((one) => one.rate)).toFixed(0)}/s]`,
  )
}

async function benchScreens(): Promise<void> {
  const app = await startApp()
  try {
    await benchBrowser(app.url)
  } finally {
    await app.stop()
  }
}

async function benchHeap(): Promise<void> {
  const app = await startApp(['--expose-gc', '--import', './bench/heap-probe.mjs'])
  try {
    const shapes = Object.values(await makeShapes(app.url))
    const mixed = async (amount: number) => {
      for (const shape of shapes) await load(app.url, shape, { amount: Math.round(amount / shapes.length) })
    }
    await mixed(5000)
    const early = await heapOf(app)
    for (let part = 0; part < 10; part++) await mixed(9500)
    const late = await heapOf(app)
    console.log(
      `heap in use: ${mib(late - early)} MiB more after 100,000 mixed requests than after 5,000 (wanted: at most 20 MB) [${mib(early)} MiB, ${mib(late)} MiB]`,
    )
  } finally {
    await app.stop()
  }
}

async function heapOf(app: Running): Promise<number> {
  const answer = once(app.child, 'message') as Promise<[{ heap: number }]>
  app.child.send('heap')
  return (await answer)[0].heap
}

function mib(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1)
}

async function benchStart(): Promise<void> {
  const seconds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now()
    const app = await start('npm', () => ['run', 'demo'], '/', { env: { DATA_DIR: dataDir, EXPIRY_JOB_AT: 'off' } })
    seconds.push((performance.now() - begun) / 1000)
    await app.stop()
  }
  console.log(
    `npm run demo, built and with its database, to the first page: ${median(seconds).toFixed(2)} s (wanted: under 3)`,
  )
}

async function benchClone(): Promise<void> {
  const clone = path.join(folder, 'clone')
  await run('git', ['clone', '--quiet', root, clone])
  cpSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'), { recursive: true, verbatimSymlinks: true })
  await run('npm', ['run', 'generate'], { cwd: clone })
  const begun = performance.now()
  const app = await start('npm', () => ['run', 'demo'], '/', { cwd: clone })
  console.log(
    `fresh clone to the first page, without npm install: ${((performance.now() - begun) / 1000).toFixed(1)} s (wanted: under 60)`,
  )
  await app.stop()
}
