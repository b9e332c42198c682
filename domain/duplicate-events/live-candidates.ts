import 'server-only'
import { type Db, rows, sql } from '@/lib/db'
import type { Evidence } from './scoring'

/** A candidate as it stands now: a draft that has become an activity, or went into one, is that activity. */
export interface LiveCandidate {
  readonly event_key: number
  readonly activity_key: number | null
  readonly draft_key: number | null
  readonly probability: number
  readonly evidence: readonly Evidence[]
}

/** The candidates of these events, surest first; drafts that are gone are left out, and so is what an erased mentor logged. */
export async function listLiveCandidates(db: Db, eventKeys: readonly number[]): Promise<LiveCandidate[]> {
  return rows(
    db,
    sql`SELECT event_key, activity_key, draft_key, probability, evidence FROM (
          SELECT DISTINCT ON (c.event_key, found.activity_key, found.draft_key)
            c.event_key, found.activity_key, found.draft_key, c.probability, c.evidence, c.key
          FROM duplicate_candidate c
          LEFT JOIN duplicate_event d ON d.key = c.draft_key
          LEFT JOIN activity a ON a.key = coalesce(c.activity_key, d.activity_key)
          CROSS JOIN LATERAL (
            SELECT coalesce(c.activity_key, d.activity_key) AS activity_key,
              CASE WHEN coalesce(c.activity_key, d.activity_key) IS NULL THEN c.draft_key END AS draft_key
          ) AS found
          WHERE c.event_key = ANY(${eventKeys})
            AND (found.activity_key IS NOT NULL OR (d.cancelled_at IS NULL AND d.state IN ('checking', 'duplicate_found')))
            AND NOT EXISTS (
              SELECT FROM mentor m WHERE m.key = coalesce(a.mentor_key, d.mentor_key) AND m.erased_at IS NOT NULL)
          ORDER BY c.event_key, found.activity_key, found.draft_key, c.probability DESC
        ) AS live ORDER BY event_key, probability DESC, key`,
  )
}
