import { expect } from 'vitest'
import type { Answered, Api } from './harness'

/** The answer to a request that waits for a mentor who is being erased, and goes on once that is done. */
export async function eraseMeanwhile(api: Api, mentorId: string, send: () => Promise<Answered>): Promise<Answered> {
  const eraser = await api.db.connect()
  try {
    await eraser.query('BEGIN')
    await eraser.query('UPDATE mentor SET erased_at = now() WHERE mentor_id = $1', [mentorId])
    const sent = send()
    await expect.poll(() => someoneWaits(api), { timeout: 8000, interval: 20 }).toBe(true)
    await eraser.query('COMMIT')
    return await sent
  } finally {
    eraser.release()
  }
}

async function someoneWaits(api: Api): Promise<boolean> {
  const { rowCount } = await api.db.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rowCount !== 0
}
