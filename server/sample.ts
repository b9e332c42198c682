import pg from 'pg'
import { loadSampleData } from '@/prisma/sample/load'

/** Fills a database that has no mentors with sample data; false when it has some. */
export async function loadSampleIfEmpty(
  url: string,
  mentors: string | undefined,
  log: (message: string) => void,
): Promise<boolean> {
  if (!(await isEmpty(url))) return false
  const loaded = await loadSampleData(url, sizeOf(mentors))
  log(`Loaded sample data: ${loaded.mentors} mentors.`)
  return true
}

/** `--mentors` as the option of the loader. Throws a sentence for people. */
export function sizeOf(mentors: string | undefined): { mentors?: number } {
  if (mentors === undefined) return {}
  const size = Number(mentors)
  if (!Number.isInteger(size) || size < 1)
    throw new Error(`--mentors is ${mentors}, but it has to be a whole number above 0.`)
  return { mentors: size }
}

async function isEmpty(url: string): Promise<boolean> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    const { rows } = await db.query('SELECT NOT EXISTS (SELECT FROM mentor) AS empty')
    return rows[0].empty
  } finally {
    await db.end()
  }
}
