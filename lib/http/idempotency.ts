import { createHash } from 'node:crypto'
import type { Caller } from '@/lib/call'
import { type Db, first, one, sql, type Tx } from '@/lib/db'
import { AppError, invalid } from '@/lib/errors'
import type { Instant } from '@/lib/instant'

/** An answer as it went out, kept to be given again byte for byte. */
export interface KeptAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** The header's key, or null without one. Throws 400 when it is empty or longer than 255 characters. */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key')
  if (key !== null && (key.length < 1 || key.length > 255))
    throw invalid('Idempotency-Key', 'Expected 1 to 255 characters')
  return key
}

export function hashRequest(method: string, target: string, body: Uint8Array): string {
  return createHash('sha256').update(`${method} ${target}\n`).update(body).digest('base64url')
}

/**
 * Takes the key for this transaction. Throws 409 while the first request with it still runs in another one; a plain
 * insert would wait for that one instead.
 */
export async function takeKey(tx: Tx, caller: Caller, key: string): Promise<void> {
  const name = JSON.stringify([caller.org, caller.actor, key])
  const { taken } = await one<{ taken: boolean }>(
    tx,
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS taken`,
  )
  if (!taken) {
    throw new AppError(
      'idempotency_key_in_use',
      'The first request with this key has not ended yet. Ask again in a moment.',
      {
        headers: { 'retry-after': '1' },
      },
    )
  }
}

/** The answer kept under the key, or null. Throws 422 when the key was used for another request. */
export async function findKept(db: Db, caller: Caller, key: string, hash: string): Promise<KeptAnswer | null> {
  const kept = await first<KeptAnswer & { request_hash: string }>(
    db,
    sql`SELECT request_hash, status, headers, body FROM idempotency
        WHERE org_id = ${caller.org} AND caller = ${caller.actor} AND key = ${key}`,
  )
  if (kept && kept.request_hash !== hash) throw keyReused()
  return kept
}

export function keyReused(): AppError {
  return new AppError(
    'idempotency_key_reused',
    'This key was used for another request. Nothing was stored; use a new key.',
  )
}

export async function keepAnswer(tx: Tx, caller: Caller, key: string, hash: string, answer: KeptAnswer, now: Instant) {
  await tx.query(sql`INSERT INTO idempotency (org_id, caller, key, request_hash, status, headers, body, created_at)
    VALUES (${caller.org}, ${caller.actor}, ${key}, ${hash}, ${answer.status}, ${JSON.stringify(answer.headers)}, ${answer.body}, ${now})`)
}
