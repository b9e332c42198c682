import 'server-only'
import type { Call } from '@/lib/call'
import { changed, one, sql, type Tx } from '@/lib/db'
import type { Activity } from './queries'
import type { ActivityFields } from './schema'

// All of these expect the mentor's row to be locked, and leave the revision and the change log to the caller.

/** Keeps a new activity of the mentor; its content version is 1. */
export async function insertActivity(
  tx: Tx,
  call: Call,
  mentorKey: number,
  fields: ActivityFields,
): Promise<{ key: number; id: string }> {
  return one(
    tx,
    sql`INSERT INTO activity (org_id, mentor_key, activity_type_id, date, title, duration_minutes, location, starts_at,
          participant_count, notes, extra, created_at, updated_at)
        VALUES (${call.caller.org}, ${mentorKey}, ${fields.activity_type_id}, ${fields.date}, ${fields.title},
          ${fields.duration_minutes}, ${fields.location}, ${fields.starts_at}, ${fields.participant_count}, ${fields.notes},
          ${JSON.stringify(fields.extra)}, ${call.now}, ${call.now})
        RETURNING key, id`,
  )
}

/**
 * Sets the fields of an activity as it was read. `content` is the content version to go back to when a change is undone;
 * without it the content is a new one. Returns the new content version, or null where the activity has changed since.
 */
export async function updateActivity(
  tx: Tx,
  call: Call,
  activity: Pick<Activity, 'key' | 'version'>,
  fields: ActivityFields,
  content?: number,
): Promise<number | null> {
  const contentVersion = content ?? activity.version + 1
  const updated = await changed(
    tx,
    sql`UPDATE activity SET activity_type_id = ${fields.activity_type_id}, date = ${fields.date}, title = ${fields.title},
          duration_minutes = ${fields.duration_minutes}, location = ${fields.location}, starts_at = ${fields.starts_at},
          participant_count = ${fields.participant_count}, notes = ${fields.notes}, extra = ${JSON.stringify(fields.extra)},
          version = version + 1, content_version = ${contentVersion}, updated_at = ${call.now}
        WHERE org_id = ${call.caller.org} AND key = ${activity.key} AND version = ${activity.version}`,
  )
  return updated === 1 ? contentVersion : null
}

/** Takes an activity away that is still of this content version. False where it has changed since, or is gone. */
export async function deleteActivity(tx: Tx, call: Call, key: number, contentVersion: number): Promise<boolean> {
  const deleted = await changed(
    tx,
    sql`DELETE FROM activity WHERE org_id = ${call.caller.org} AND key = ${key} AND content_version = ${contentVersion}`,
  )
  return deleted === 1
}

/** Credits a further leader. False where the mentor was credited before. */
export async function addCoLeader(tx: Tx, call: Call, activityKey: number, mentorKey: number): Promise<boolean> {
  const added = await changed(
    tx,
    sql`INSERT INTO activity_co_leader (org_id, activity_key, mentor_key)
        VALUES (${call.caller.org}, ${activityKey}, ${mentorKey}) ON CONFLICT DO NOTHING`,
  )
  return added === 1
}

/** Takes the credit of a further leader back. */
export async function removeCoLeader(tx: Tx, activityKey: number, mentorKey: number): Promise<void> {
  await tx.query(sql`DELETE FROM activity_co_leader WHERE activity_key = ${activityKey} AND mentor_key = ${mentorKey}`)
}
