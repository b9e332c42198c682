import type pg from 'pg'
import sql from 'sql-template-tag'
import { type Likeness, likenessColumns, type Pair, type Told } from '../comparison'
import type { LabelledPair, LabelledRecord } from './pairs'

type Words = Pick<Told, 'title_words' | 'place_words'>

/** The pairs as the candidate query compares them; the database needs the migrations and no rows. */
export async function comparePairs(db: Pick<pg.Pool, 'query'>, pairs: readonly LabelledPair[]): Promise<Pair[]> {
  const words = (side: string) =>
    sql`SELECT activity_text(pair -> ${side}::text ->> 'title') AS title_words,
      activity_text(pair -> ${side}::text ->> 'location') AS place_words`
  const { rows } = await db.query<Likeness & { own: Words; other: Words }>(
    sql`SELECT ${likenessColumns(sql`own`, sql`other`)}, to_json(own) AS own, to_json(other) AS other
        FROM json_array_elements(${JSON.stringify(pairs)}::json) WITH ORDINALITY AS given (pair, place)
        CROSS JOIN LATERAL (${words('a')}) AS own CROSS JOIN LATERAL (${words('b')}) AS other ORDER BY place`,
  )
  return pairs.map(({ a, b, rhythm }, index) => {
    const { own, other, ...likeness } = rows[index] as (typeof rows)[number]
    return {
      ...likeness,
      same_mentor: a.mentor === b.mentor,
      same_type: a.type === b.type,
      days_apart: Math.abs(Date.parse(a.date) - Date.parse(b.date)) / 86_400_000,
      in_rhythm: rhythm ?? false,
      told: [toldOf(a, own), toldOf(b, other)],
    }
  })
}

function toldOf(record: LabelledRecord, words: Words): Told {
  return {
    ...words,
    title: record.title ?? null,
    notes: record.notes ?? null,
    starts_at: record.starts_at ?? null,
    duration_minutes: record.duration_minutes ?? null,
    participant_count: record.participant_count ?? null,
  }
}
