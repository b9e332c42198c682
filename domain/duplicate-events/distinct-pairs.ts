import 'server-only'
import { type Activity, findActivities } from '@/domain/activities/queries'
import type { ActivityFields } from '@/domain/activities/schema'
import type { Call } from '@/lib/call'
import { type Db, join, raw, rows, type Sql, sql, type Tx } from '@/lib/db'
import { type Instant, wireTime } from '@/lib/instant'
import { type EventRow, eventColumns, liveEvents } from './event-row'
import type { LiveCandidate } from './live-candidates'
import { CHOOSABLE, contentOf, draftFields, isSame } from './merge-plan'
import type { ReviewCandidate } from './review-schema'

/** What the two of a pair said when it was decided that they are two sessions. */
interface DecidedPair {
  readonly activity_key: number
  readonly content: ActivityFields | null
  readonly other_content: ActivityFields | null
  readonly decided_by: string
  readonly decided_at: Instant
}

type DecidedBefore = NonNullable<ReviewCandidate['decided_before']>

/**
 * Notes the activity that a draft has become as distinct from all that was found, with what each of them said. Returns
 * the ids of the activities among them.
 */
export async function decideDistinct(
  tx: Tx,
  call: Call,
  kept: { readonly key: number; readonly fields: ActivityFields },
  candidates: readonly LiveCandidate[],
): Promise<string[]> {
  const activities = await findActivities(tx, call, present(candidates.map(({ activity_key }) => activity_key)))
  // what was decided before about the same two
  await tx.query(
    sql`DELETE FROM distinct_pair WHERE other_activity_key = ${kept.key} AND activity_key = ANY(${[...activities.keys()]})`,
  )
  const drafts = await findDraftContents(tx, call, present(candidates.map(({ draft_key }) => draft_key)))
  const pairs = candidates.map(({ activity_key, draft_key }) => {
    const other = activities.get(activity_key ?? 0)
    return {
      activity_key,
      draft_key,
      content_version: other?.content_version ?? null,
      content: other ? contentOf(other) : (drafts.get(draft_key ?? 0) ?? null),
    }
  })
  await tx.query(
    sql`INSERT INTO distinct_pair (org_id, activity_key, content_version, content, other_activity_key,
          other_content_version, other_draft_key, other_content, decided_by, decided_at)
        SELECT ${call.caller.org}, ${kept.key}::bigint, 1, ${JSON.stringify(contentOf(kept.fields))}::jsonb, activity_key,
          content_version, draft_key, content, ${call.caller.actor}, ${call.now}::timestamptz
        FROM jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb)
          AS pair(activity_key bigint, content_version integer, draft_key bigint, content jsonb)`,
  )
  return [...activities.values()].map(({ id }) => id)
}

/**
 * What was decided before of a draft and activities that are found again because they have changed since: by the key of
 * the activity.
 */
export async function findDecidedBefore(
  db: Db,
  event: EventRow,
  activities: ReadonlyMap<number, Activity>,
): Promise<Map<number, DecidedBefore>> {
  const pairs = await rows<DecidedPair>(
    db,
    sql`SELECT activity_key, content, other_content, decided_by, decided_at FROM distinct_pair
        WHERE other_draft_key = ${event.key} AND activity_key = ANY(${[...activities.keys()]})`,
  )
  const draft = draftFields(event.draft ?? {}, event)
  const found = new Map<number, DecidedBefore>()
  for (const { activity_key, content, other_content, decided_by, decided_at } of pairs) {
    const activity = activities.get(activity_key)
    if (!activity) continue
    const changed = [
      ...changedFields(other_content, draft).map((line) => ({ side: 'draft' as const, ...line })),
      ...changedFields(content, contentOf(activity)).map((line) => ({ side: 'activity' as const, ...line })),
    ]
    found.set(activity_key, { decided_by, decided_at: wireTime(decided_at), changed })
  }
  return found
}

/** SQL: whether an activity still says what it said when the pair was decided. */
export function isUnchanged(activity: Sql, version: Sql, content: Sql): Sql {
  const fields = CHOOSABLE.map((field) => sql`${field}::text, ${activity}.${raw(field)}`)
  return sql`(${activity}.content_version = ${version}
    OR coalesce(${content} = jsonb_build_object(${join(fields)}, 'extra', ${activity}.extra), false))`
}

export interface ChangedField {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** What differs between what was said and what is said now; nothing where what was said has not been kept. */
export function changedFields(before: ActivityFields | null, after: ActivityFields): ChangedField[] {
  if (!before) return []
  const known = CHOOSABLE.map((field): ChangedField => ({ field, before: before[field], after: after[field] }))
  const keys = [...new Set([...Object.keys(before.extra), ...Object.keys(after.extra)])]
  const extra = keys.map(
    (field): ChangedField => ({ field, before: before.extra[field] ?? null, after: after.extra[field] ?? null }),
  )
  return [...known, ...extra].filter((line) => !isSame(line.before, line.after))
}

async function findDraftContents(tx: Tx, call: Call, keys: readonly number[]): Promise<Map<number, ActivityFields>> {
  const drafts = await rows<EventRow>(
    tx,
    sql`SELECT ${eventColumns} FROM ${liveEvents} WHERE e.org_id = ${call.caller.org} AND e.key = ANY(${keys})`,
  )
  return new Map(drafts.map((draft) => [draft.key, draftFields(draft.draft ?? {}, draft)]))
}

function present(keys: readonly (number | null)[]): number[] {
  return keys.filter((key) => key !== null)
}
