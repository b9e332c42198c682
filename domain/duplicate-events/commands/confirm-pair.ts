import 'server-only'
import { type Activity, findActivities } from '@/domain/activities/queries'
import type { Answer, Call } from '@/lib/call'
import { type Db, first, sql, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type Instant, wireTime } from '@/lib/instant'
import { movedOn } from '../choose'
import { type Ledger, withMentors } from '../ledger'
import { contentOf } from '../merge-plan'
import type { ConfirmPairBody, DecidedPair, UnconfirmPairQuery } from '../pair-schema'
import { weighDistinctPairs } from '../returned-pairs'

interface Pair {
  readonly key: number
  readonly id: string
  readonly activity_key: number
  readonly other_activity_key: number
  readonly decided_by: string
  readonly decided_at: Instant
  readonly returned: boolean
  readonly confirmed: boolean
}

/**
 * Two kept activities stay two sessions as they are now: they do not come back before one of them changes again. One that
 * has not come back stays as it was decided. Throws `pair_not_found`, and `review_moved_on` where one of the two is no
 * longer what was seen.
 */
export async function confirmPair(tx: Tx, call: Call, id: string, seen: ConfirmPairBody): Promise<Answer<DecidedPair>> {
  return decide(tx, call, id, async (pair, activities, ledger) => {
    if (!pair.returned) return
    const [activity, other] = activities
    const [version, otherVersion] = seen.content_versions
    if (activity.content_version !== version || other.content_version !== otherVersion) {
      throw movedOn(`${activity.id} or ${other.id} has changed since they were seen.`)
    }
    await tx.query(
      sql`UPDATE distinct_pair SET
            earlier = jsonb_build_object('content_version', content_version, 'content', content,
              'other_content_version', other_content_version, 'other_content', other_content,
              'decided_by', decided_by, 'decided_at', decided_at),
            content_version = ${version}, content = ${JSON.stringify(contentOf(activity))}::jsonb,
            other_content_version = ${otherVersion}, other_content = ${JSON.stringify(contentOf(other))}::jsonb,
            decided_by = ${call.caller.actor}, decided_at = ${call.now},
            returned_at = NULL, probability = NULL, evidence = NULL
          WHERE key = ${pair.key}`,
    )
    noteBoth(ledger, 'confirmed_distinct', activities)
  })
}

/**
 * Takes a confirmation back: the decision before it stands again, and the two come back. One that was not
 * confirmed stays as it was decided. Throws `pair_not_found`, and `review_moved_on` where another confirmation stands.
 */
export async function unconfirmPair(
  tx: Tx,
  call: Call,
  id: string,
  { decided_at }: UnconfirmPairQuery,
): Promise<Answer<DecidedPair>> {
  return decide(tx, call, id, async (pair, activities, ledger) => {
    if (!pair.confirmed) return
    if (decided_at !== undefined && decided_at !== wireTime(pair.decided_at)) {
      throw movedOn(`${id} has been confirmed anew since.`)
    }
    await tx.query(
      sql`UPDATE distinct_pair p SET earlier = NULL,
            content_version = e.content_version, content = e.content,
            other_content_version = e.other_content_version, other_content = e.other_content,
            decided_by = e.decided_by, decided_at = e.decided_at
          FROM distinct_pair x CROSS JOIN LATERAL jsonb_to_record(x.earlier) AS e(content_version integer, content jsonb,
            other_content_version integer, other_content jsonb, decided_by text, decided_at timestamptz)
          WHERE p.key = ${pair.key} AND x.key = p.key`,
    )
    await weighDistinctPairs(tx, call, pair.activity_key)
    noteBoth(ledger, 'unconfirmed_distinct', activities)
  })
}

type Both = readonly [Activity, Activity]

async function decide(
  tx: Tx,
  call: Call,
  id: string,
  change: (pair: Pair, activities: Both, ledger: Ledger) => Promise<void>,
): Promise<Answer<DecidedPair>> {
  const named = await requireBoth(tx, call, await requirePair(tx, call, id))
  return withMentors(tx, call, [...new Set(named.map(({ mentor_key }) => mentor_key))], async (ledger) => {
    const pair = await requirePair(tx, call, id)
    const activities = await requireBoth(tx, call, pair)
    for (const { mentor_key } of activities) ledger.need(mentor_key)
    await change(pair, activities, ledger)
    const { decided_by, decided_at, returned } = await requirePair(tx, call, id)
    return { body: { pair_id: id, decided_by, decided_at: wireTime(decided_at), returned } }
  })
}

/** Throws `pair_not_found`, also for one of which an activity is gone or a mentor erased. */
async function requirePair(db: Db, call: Call, id: string): Promise<Pair> {
  const pair = await first<Pair>(
    db,
    sql`SELECT p.key, p.id, p.activity_key, p.other_activity_key, p.decided_by, p.decided_at,
          p.returned_at IS NOT NULL AS returned, p.earlier IS NOT NULL AS confirmed
        FROM distinct_pair p
        JOIN activity a ON a.key = p.activity_key JOIN mentor m ON m.key = a.mentor_key AND m.erased_at IS NULL
        JOIN activity b ON b.key = p.other_activity_key JOIN mentor n ON n.key = b.mentor_key AND n.erased_at IS NULL
        WHERE p.org_id = ${call.caller.org} AND p.id = ${id}`,
  )
  if (pair) return pair
  throw new AppError('pair_not_found', `There is no pair ${id} of two kept activities.`)
}

async function requireBoth(db: Db, call: Call, pair: Pair): Promise<Both> {
  const found = await findActivities(db, call, [pair.activity_key, pair.other_activity_key])
  const [activity, other] = [found.get(pair.activity_key), found.get(pair.other_activity_key)]
  if (activity && other) return [activity, other]
  throw new AppError('pair_not_found', `There is no pair ${pair.id} of two kept activities.`)
}

function noteBoth(ledger: Ledger, action: string, [activity, other]: Both): void {
  for (const [one, from] of [
    [activity, other],
    [other, activity],
  ] as const) {
    const change = { type: 'activity' as const, id: one.id, action, before: null, after: { distinct_from: from.id } }
    ledger.note(one.mentor_key, change)
  }
}
