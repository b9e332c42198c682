import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, one, sql, type Tx } from '@/lib/db'
import { requireVersion } from '@/lib/http/if-match'
import { requireCountableRule } from './countable'
import type { CountableSettings } from './countable-schema'

/** What the organisation counts; the version moves with each change of it. */
export async function getCountableSettings(db: Db, call: Call): Promise<Answer<CountableSettings>> {
  const body = await requireCountableRule(db, call)
  return { body, version: await findVersion(db, call) }
}

/** Sets what the organisation counts from now on; receipts keep what they said. Throws `precondition_failed`. */
export async function updateCountableSettings(
  tx: Tx,
  call: Call,
  after: CountableSettings,
): Promise<Answer<CountableSettings>> {
  const { org } = call.caller
  await tx.query(sql`SELECT FROM organisation WHERE id = ${org} FOR NO KEY UPDATE`)
  const before = await requireCountableRule(tx, call)
  const version = await findVersion(tx, call)
  requireVersion(call, version)
  if (isSame(before, after)) return { body: before, version }
  await tx.query(
    sql`UPDATE organisation SET countable_participants = ${after.participants}, countable_minutes = ${after.minutes},
          countable_once_a_day = ${after.once_a_day} WHERE id = ${org}`,
  )
  await tx.query(
    sql`INSERT INTO change (org_id, type, id, action, actor, at, before, after, request_id)
        VALUES (${org}, 'organisation', ${org}, 'countable_changed', ${call.caller.actor}, ${call.now},
          ${JSON.stringify(before)}, ${JSON.stringify(after)}, ${call.requestId})`,
  )
  return getCountableSettings(tx, call)
}

// the change log has a row for each change, so its last one names what stands
async function findVersion(db: Db, call: Call): Promise<number> {
  const { version } = await one<{ version: number }>(
    db,
    sql`SELECT coalesce(max(position), 0) AS version FROM change
        WHERE org_id = ${call.caller.org} AND type = 'organisation' AND action = 'countable_changed'`,
  )
  return version
}

function isSame(before: CountableSettings, after: CountableSettings): boolean {
  return (
    before.participants === after.participants &&
    before.minutes === after.minutes &&
    before.once_a_day === after.once_a_day
  )
}
