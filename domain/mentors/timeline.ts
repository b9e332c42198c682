import 'server-only'
import type { Call } from '@/lib/call'
import { type Db, empty, rows, sql } from '@/lib/db'
import type { Instant } from '@/lib/instant'

const PAGE = 50

/** Which page of a timeline: the entries that came before this position; without it the newest. */
export interface TimelinePage {
  readonly before?: number | undefined
}

/** What happened to a mentor, the newest first. */
export interface Timeline {
  readonly entries: readonly {
    readonly position: number
    readonly type: string
    readonly id: string
    readonly action: string
    readonly actor: string
    readonly at: Instant
    readonly before: unknown
    readonly after: unknown
  }[]
  /** Of the page that follows; null where nothing does. */
  readonly older: number | null
  /** Whether there are newer ones than these. */
  readonly newer: boolean
}

/** Fifty entries of the change log on anything of a mentor's. */
export async function readTimeline(db: Db, call: Call, mentorKey: number, { before }: TimelinePage): Promise<Timeline> {
  const found = await rows<Timeline['entries'][number]>(
    db,
    sql`SELECT position, type, id, action, actor, at, before, after FROM change
        WHERE mentor_key = ${mentorKey} AND org_id = ${call.caller.org}
          ${before === undefined ? empty : sql`AND position < ${before}`}
        ORDER BY position DESC LIMIT ${PAGE + 1}`,
  )
  const entries = found.slice(0, PAGE)
  return {
    entries,
    older: found.length > PAGE ? (entries.at(-1)?.position ?? null) : null,
    newer: before !== undefined,
  }
}
