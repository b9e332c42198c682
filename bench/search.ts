import path from 'node:path'
import { loadSampleData } from '@/prisma/sample/load'
import { migrate } from '@/server/database/migrate'
import { openDatabase } from '@/server/database/open-database'
import { start } from './processes'
import { SEARCHES } from './search-queries'

const MENTORS = 50_000
const ROUNDS = 10
const WANTED = 50

/** How long the server takes for each of many searches among 50,000 mentors; made and measured within `folder`. */
export async function benchSearch(folder: string): Promise<void> {
  const dataDir = path.join(folder, 'many')
  const database = await openDatabase({ dataDir, role: 'command' })
  await migrate(database.url)
  await loadSampleData(database.url, { mentors: MENTORS })
  await database.close()
  const app = await start(process.execPath, () => ['--import', 'tsx', 'server/main.ts', 'start'], '/readyz', {
    env: { DATA_DIR: dataDir, EXPIRY_JOB_AT: 'off', LOG_LEVEL: 'warn' },
  })
  try {
    const times = await measure(app.url)
    const all = [...times.values()].flat().sort((a, b) => a - b)
    const p99 = all[Math.ceil(all.length * 0.99) - 1] ?? Number.NaN
    const [slowest = ['', []]] = [...times].sort(([, a], [, b]) => middleOf(b) - middleOf(a))
    console.log(
      `search among ${MENTORS.toLocaleString('en')} mentors: p99 ${p99.toFixed(0)} ms over ${SEARCHES.length} different queries, ` +
        `the slowest “${slowest[0].slice(0, 30)}” ${middleOf(slowest[1]).toFixed(0)} ms in the median (wanted: under ${WANTED} ms)` +
        `  [median of all ${middleOf(all).toFixed(0)} ms, longest single one ${all.at(-1)?.toFixed(0)} ms]`,
    )
  } finally {
    await app.stop()
  }
}

/** Milliseconds of each query, one request at a time. The first round warms up and does not count. */
async function measure(url: string): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(SEARCHES.map((query) => [query, []]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [query, taken] of times) {
      const begun = performance.now()
      const response = await fetch(`${url}/api/v1/search?${new URLSearchParams({ q: query })}`)
      await response.arrayBuffer()
      if (response.status !== 200) throw new Error(`a search for “${query}” was answered with ${response.status}`)
      if (round > 0) taken.push(performance.now() - begun)
    }
  }
  return times
}

function middleOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}
