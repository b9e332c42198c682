import 'server-only'
import { type Activity, findActivities } from '@/domain/activities/queries'
import type { ActivityFields } from '@/domain/activities/schema'
import type { Answer, Call } from '@/lib/call'
import { type Db, one, rows, type Sql, sql, type Tx } from '@/lib/db'
import { type Instant, wireTime } from '@/lib/instant'
import { writeListCursor } from '@/lib/list-cursor'
import { pageWithTotal } from '@/lib/list-total'
import { pageSlice } from '@/lib/pagination'
import { listOf } from '@/lib/wire'
import { type Compared, comparedColumns, toPair } from './comparison'
import { changedFields, isUnchanged } from './distinct-pairs'
import { eventId } from './event-row'
import { contentOf } from './merge-plan'
import type { ReturnedPair, ReturnedPairsQuery, ReturnedPairsView } from './pair-schema'
import { type Evidence, scorePair } from './scoring'

/**
 * The activity says something else now, or what it said before: of the kept activities that were decided to be distinct
 * from it, those that look like one session with it come back, and those that are as they were decided stay so.
 */
export async function weighDistinctPairs(tx: Tx, call: Call, activityKey: number): Promise<void> {
  // both sides of a pair may change at once: the second waits, and then sees what the first has done
  const held = await rows<{ key: number }>(
    tx,
    sql`SELECT key FROM distinct_pair
        WHERE (activity_key = ${activityKey} AND other_activity_key IS NOT NULL) OR other_activity_key = ${activityKey}
        ORDER BY key FOR UPDATE`,
  )
  if (held.length === 0) return
  const compared = await rows<Compared & { readonly key: number; readonly as_decided: boolean }>(
    tx,
    sql`SELECT p.key,
          (${isUnchanged(sql`a`, sql`p.content_version`, sql`p.content`)}
            AND ${isUnchanged(sql`b`, sql`p.other_content_version`, sql`p.other_content`)})
          OR (${isUnchanged(sql`a`, sql`(p.earlier ->> 'content_version')::integer`, sql`p.earlier -> 'content'`)}
            AND ${isUnchanged(sql`b`, sql`(p.earlier ->> 'other_content_version')::integer`, sql`p.earlier -> 'other_content'`)})
            AS as_decided,
          ${comparedColumns(sql`a`, sql`b`, haveLeaderInCommon)}
        FROM distinct_pair p JOIN activity a ON a.key = p.activity_key JOIN activity b ON b.key = p.other_activity_key
        WHERE p.key = ANY(${held.map(({ key }) => key)})`,
  )
  for (const { key, as_decided, ...pair } of compared) {
    const { duplicate, probability, evidence } = scorePair(toPair(pair))
    const returned = duplicate && !as_decided
    await tx.query(
      sql`UPDATE distinct_pair SET probability = ${returned ? probability : null},
            evidence = ${returned ? JSON.stringify(evidence) : null}::jsonb,
            returned_at = ${returned ? sql`coalesce(returned_at, ${call.now})` : sql`NULL`}
          WHERE key = ${key}`,
    )
  }
}

const haveLeaderInCommon = sql`EXISTS (
  (SELECT a.mentor_key UNION SELECT l.mentor_key FROM activity_co_leader l WHERE l.activity_key = a.key)
  INTERSECT
  (SELECT b.mentor_key UNION SELECT l.mentor_key FROM activity_co_leader l WHERE l.activity_key = b.key))`

interface PairRow {
  readonly id: string
  readonly activity_key: number
  readonly other_activity_key: number
  readonly content: ActivityFields | null
  readonly other_content: ActivityFields | null
  readonly probability: number
  readonly evidence: readonly Evidence[]
  readonly decided_by: string
  readonly decided_at: Instant
  readonly returned_at: Instant
}

const ORDERS: Readonly<Record<ReturnedPairsQuery['sort'], Sql>> = {
  returned_at: sql`p.returned_at, p.key`,
  '-returned_at': sql`p.returned_at DESC, p.key DESC`,
}

/** Kept activities that were decided to be two sessions, and look like one since one of them has changed. */
export async function viewReturnedPairs(
  db: Db,
  call: Call,
  query: ReturnedPairsQuery,
): Promise<Answer<ReturnedPairsView>> {
  const page = sql`SELECT p.id, p.activity_key, p.other_activity_key, p.content, p.other_content, p.probability, p.evidence,
      p.decided_by, p.decided_at, p.returned_at
    FROM ${shownPairs(call)} ORDER BY ${ORDERS[query.sort]} ${pageSlice(query)}`
  const found = await pageWithTotal<PairRow>(db, page, sql`SELECT count(*) FROM ${shownPairs(call)}`)
  const [data, as_of] = await Promise.all([toPairs(db, call, found.rows), writeListCursor(call, found.snapshot)])
  return { body: { ...listOf(data, query, found.total), as_of } }
}

/** How many of them there are. */
export async function countReturnedPairs(db: Db, call: Call): Promise<number> {
  return (await one<{ count: number }>(db, sql`SELECT count(*) AS count FROM ${shownPairs(call)}`)).count
}

function shownPairs(call: Call): Sql {
  const isErased = sql`EXISTS (
    SELECT FROM activity a JOIN mentor m ON m.key = a.mentor_key
    WHERE a.key IN (x.activity_key, x.other_activity_key) AND m.erased_at IS NOT NULL)`
  return sql`(SELECT x.* FROM distinct_pair x
    WHERE x.org_id = ${call.caller.org} AND x.returned_at IS NOT NULL AND NOT ${isErased}) AS p`
}

async function toPairs(db: Db, call: Call, pairs: readonly PairRow[]): Promise<ReturnedPair[]> {
  const keys = pairs.flatMap(({ activity_key, other_activity_key }) => [activity_key, other_activity_key])
  const activities = await findActivities(db, call, keys)
  const reopening = await findReopening(db, keys)
  return pairs.flatMap((pair) => {
    const activity = activities.get(pair.activity_key)
    const other = activities.get(pair.other_activity_key)
    if (!activity || !other) return []
    const decisions = reopening.filter(
      ({ activity_key }) => activity_key === activity.key || activity_key === other.key,
    )
    const kept = decisions.find(({ resolution, stands }) => resolution === 'keep_both' && stands)
    return {
      pair_id: pair.id,
      probability: pair.probability,
      evidence: [...pair.evidence],
      decided_by: pair.decided_by,
      decided_at: wireTime(pair.decided_at),
      returned_at: wireTime(pair.returned_at),
      activities: [toSide(activity, pair.content), toSide(other, pair.other_content)],
      differing: differingFields(activity, other),
      reopen: kept ? { event_id: eventId(kept), review_version: kept.review_version } : null,
      moved_on_by: kept ? [] : inTheWay(decisions),
    }
  })
}

/** What was merged, since it was kept, into the activity that has moved on: the latest first. */
function inTheWay(decisions: readonly Standing[]): string[] {
  const kept = decisions.find(({ resolution }) => resolution === 'keep_both')
  const since = decisions.slice(0, kept ? decisions.indexOf(kept) : 0)
  return since.filter(({ activity_key }) => activity_key === kept?.activity_key).map(({ id }) => id)
}

function toSide(activity: Activity, before: ActivityFields | null): ReturnedPair['activities'][number] {
  const fields = contentOf(activity)
  return {
    activity_id: activity.id,
    mentor_id: activity.mentor_id,
    mentor_name: activity.mentor_name,
    co_leaders: [...activity.co_leaders],
    fields,
    content_version: activity.content_version,
    changed: changedFields(before, fields),
  }
}

function differingFields(activity: Activity, other: Activity): string[] {
  const differing = changedFields(contentOf(activity), contentOf(other)).map(({ field }) => field)
  return activity.mentor_id === other.mentor_id ? differing : ['mentor_id', ...differing]
}

interface Standing {
  readonly id: string
  readonly number: number
  readonly activity_key: number
  readonly review_version: number
  readonly resolution: string
  /** The activity is still of the content that the decision left. */
  readonly stands: boolean
}

/** The decisions that stand about these activities, the latest first: by them one can become a draft again. */
async function findReopening(db: Db, activityKeys: readonly number[]): Promise<Standing[]> {
  return rows(
    db,
    sql`SELECT r.id, e.number, e.activity_key, e.review_version, r.resolution,
          a.content_version = (r.content ->> 'content_after')::integer AS stands
        FROM duplicate_event e
        JOIN duplicate_receipt r ON r.event_key = e.key AND r.undone_at IS NULL
        JOIN mentor m ON m.key = e.mentor_key AND m.erased_at IS NULL
        JOIN activity a ON a.key = e.activity_key
        WHERE e.activity_key = ANY(${activityKeys}) AND e.cancelled_at IS NULL
        ORDER BY r.key DESC`,
  )
}
