import 'server-only'
import type { Answer, Call } from '@/lib/call'
import { type Db, rows, sql } from '@/lib/db'
import type { DuplicateEvidenceView } from './review-schema'
import { weightOf } from './scoring'
import { WEIGHTS } from './weights'

interface Tally {
  readonly kind: 'all' | 'band' | 'level'
  readonly band: number | null
  readonly field: string | null
  readonly level: string | null
  readonly decided: number
  readonly one_session: number
  readonly left_out: number
}

/** Bounds of the bands of probability: finer where the queue begins. */
const EDGES = [0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1]

/**
 * How often each kind of evidence has been right: of the coordinators' decisions that stand and carry evidence, how many
 * found one session (merged, co-led) and how many two (kept both). What a phone merged by an event of its own is no verdict.
 */
export async function viewDuplicateEvidence(db: Db, call: Call): Promise<Answer<DuplicateEvidenceView>> {
  const tallies = await rows<Tally>(
    db,
    // first by what is the same in many receipts, so that few arrays are taken apart
    sql`WITH judged AS MATERIALIZED (
          SELECT r.evidence, width_bucket(r.probability, ${EDGES.slice(0, -1)}::double precision[]) - 1 AS band,
            count(*) FILTER (WHERE r.resolution <> 'discard_draft') AS decided,
            count(*) FILTER (WHERE r.resolution IN ('merge', 'co_led')) AS one_session,
            count(*) FILTER (WHERE r.resolution = 'discard_draft') AS left_out
          FROM duplicate_receipt AS r
          JOIN duplicate_event e ON e.key = r.event_key
          WHERE r.org_id = ${call.caller.org} AND r.undone_at IS NULL AND r.evidence <> '[]' AND NOT EXISTS (
            SELECT FROM duplicate_event m
            WHERE m.org_id = r.org_id AND m.event_type = 'merge' AND m.state = 'resolved'
              AND m.check_number = e.check_number AND r.decided_at IN (m.dispatched_at, m.last_updated_at))
          GROUP BY r.evidence, band
        )
        SELECT 'all' AS kind, NULL::integer AS band, NULL AS field, NULL AS level, coalesce(sum(decided), 0) AS decided,
          coalesce(sum(one_session), 0) AS one_session, coalesce(sum(left_out), 0) AS left_out
        FROM judged
        UNION ALL
        SELECT 'band', band, NULL, NULL, sum(decided), sum(one_session), 0 FROM judged
        WHERE band IS NOT NULL GROUP BY band
        UNION ALL
        SELECT 'level', NULL, one ->> 'field', one ->> 'level', sum(decided), sum(one_session), 0
        FROM judged CROSS JOIN jsonb_array_elements(evidence) AS one
        WHERE decided > 0 AND one ->> 'level' <> 'missing' GROUP BY one ->> 'field', one ->> 'level'`,
  )
  const { decided = 0, one_session = 0, left_out = 0 } = tallies.find(({ kind }) => kind === 'all') ?? {}
  return { body: { decided, one_session, left_out, bands: toBands(tallies), levels: toLevels(tallies) } }
}

function toBands(tallies: readonly Tally[]): DuplicateEvidenceView['bands'] {
  return EDGES.slice(0, -1).map((from, place) => {
    const { decided = 0, one_session = 0 } = tallies.find(({ band }) => band === place) ?? {}
    return { from, to: EDGES[place + 1] ?? 1, decided, one_session }
  })
}

/** In the order of the table of weights; what is no longer in it comes last. */
function toLevels(tallies: readonly Tally[]): DuplicateEvidenceView['levels'] {
  const known = Object.entries(WEIGHTS).flatMap(([field, levels]) =>
    Object.keys(levels).map((level) => `${field} ${level}`),
  )
  const placeOf = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length)
  return tallies
    .flatMap(({ field, level, decided, one_session }) =>
      field === null || level === null ? [] : [{ field, level, weight: weightOf(field, level), decided, one_session }],
    )
    .sort((a, b) => {
      const [one, other] = [`${a.field} ${a.level}`, `${b.field} ${b.level}`]
      return placeOf(one) - placeOf(other) || (one < other ? -1 : 1)
    })
}
