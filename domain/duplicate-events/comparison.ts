import sql, { type Sql } from 'sql-template-tag'

/** What one of the two records says; `title_words` and `place_words` are as `activity_text` writes them. */
export interface Told {
  readonly title: string | null
  readonly title_words: string | null
  readonly place_words: string | null
  readonly duration_minutes: number | null
  /** `HH:MM` */
  readonly starts_at: string | null
  readonly participant_count: number | null
  readonly notes: string | null
}

/** Shared trigrams, 0 to 1; null where one of the two says nothing. */
export interface Likeness {
  readonly title_likeness: number | null
  /** Of the titles without the words that half of all sessions go by. */
  readonly title_told_likeness: number | null
  /** Letters to change to make one of those the other. */
  readonly title_told_edits: number | null
  /** How much of one title's own words the other holds. */
  readonly title_containment: number | null
  readonly place_likeness: number | null
  readonly place_containment: number | null
  /** How much of one record's place stands in the other's title. */
  readonly place_in_title: number | null
}

/** Two records as the candidate query compared them. */
export interface Pair extends Likeness {
  /** The one who logged it, or a leader credited with it. */
  readonly same_mentor: boolean
  readonly same_type: boolean
  /** Whole days between the two, 0 or more. */
  readonly days_apart: number
  /** On neighbouring days, and the mentor holds a session like each of them on its weekday in other weeks. */
  readonly in_rhythm: boolean
  readonly told: readonly [Told, Told]
}

/** A row of `comparedColumns`. */
export interface Compared extends Omit<Pair, 'told'> {
  readonly own: Told
  readonly other: Told
}

export function toPair({ own, other, ...compared }: Compared): Pair {
  return { ...compared, told: [own, other] }
}

/**
 * SQL: everything that a pair is judged by. The sides have the columns of an activity, or of a draft with `draftColumns`;
 * `own` has a `mentor_key`, and `sameMentor` says whether the other one is that mentor's too.
 */
export function comparedColumns(own: Sql, other: Sql, sameMentor: Sql): Sql {
  return sql`${sameMentor} AS same_mentor, ${own}.activity_type_id = ${other}.activity_type_id AS same_type,
    abs(${own}.date - ${other}.date) AS days_apart,
    ${sameMentor} AND abs(${own}.date - ${other}.date) = 1 AND ${weekly(own, own)} AND ${weekly(own, other)} AS in_rhythm,
    ${likenessColumns(own, other)}, ${toldColumn(own)} AS own, ${toldColumn(other)} AS other`
}

/** SQL: what a draft says, as columns of the names that activities have. */
export function draftColumns(draft: Sql): Sql {
  return sql`nullif(btrim(${draft} ->> 'title'), '') AS title, nullif(btrim(${draft} ->> 'notes'), '') AS notes,
    ${draft} ->> 'starts_at' AS starts_at, (${draft} ->> 'duration_minutes')::double precision AS duration_minutes,
    (${draft} ->> 'participant_count')::integer AS participant_count`
}

/** SQL: what an activity is found by; the expression of its index, word for word. */
export function activityKeys(at: Sql): Sql {
  return sql`activity_keys(${at}.org_id, ${at}.activity_type_id, ${at}.date, ${at}.title_words, ${at}.place_words,
    ${at}.starts_at, ${at}.duration_minutes)`
}

/** SQL: what a draft is found by; the expression of its index, word for word. */
export function draftKeys(at: Sql): Sql {
  return sql`activity_keys(${at}.org_id, ${at}.activity_type_id, ${at}.date, ${at}.title_words, ${at}.place_words,
    ${at}.draft ->> 'starts_at', (${at}.draft ->> 'duration_minutes')::double precision)`
}

function toldColumn(at: Sql): Sql {
  return sql`json_build_object('title', ${at}.title, 'title_words', ${at}.title_words, 'place_words', ${at}.place_words,
    'notes', ${at}.notes, 'starts_at', ${at}.starts_at, 'duration_minutes', ${at}.duration_minutes,
    'participant_count', ${at}.participant_count)`
}

/** Whether the mentor holds a session like this one on the same weekday in the week before or after. */
function weekly(own: Sql, at: Sql): Sql {
  return sql`EXISTS (
    SELECT FROM activity w WHERE w.mentor_key = ${own}.mentor_key AND w.date IN (${at}.date - 7, ${at}.date + 7)
      AND w.activity_type_id = ${at}.activity_type_id
      AND (${at}.title_words IS NULL OR similarity(w.title_words, ${at}.title_words) >= 0.5))`
}

/**
 * SQL: how alike the words of two records are, by shared trigrams, from 0 to 1; null where one of the two says nothing.
 * Both sides have `title_words` and `place_words`. Words in capitals are compared on their own account by their names;
 * here also what is left without them, and how much of one record's place the other's title names.
 */
export function likenessColumns(own: Sql, other: Sql): Sql {
  const title = (side: Sql) => sql`${side}.title_words`
  const place = (side: Sql) => sql`${side}.place_words`
  return sql`${likeness(title(own), title(other))} AS title_likeness,
    ${likeness(told(title(own)), told(title(other)))} AS title_told_likeness,
    ${containment(told(title(own)), told(title(other)))} AS title_containment,
    levenshtein(left(${told(title(own))}, 80), left(${told(title(other))}, 80)) AS title_told_edits,
    ${likeness(place(own), place(other))} AS place_likeness,
    ${containment(place(own), place(other))} AS place_containment,
    greatest(word_similarity(${told(place(own))}, ${title(other)}),
      word_similarity(${told(place(other))}, ${title(own)})) AS place_in_title`
}

// equal texts without a letter or digit have no trigrams in common
function likeness(own: Sql, other: Sql): Sql {
  return sql`CASE WHEN ${own} = ${other} THEN 1 ELSE similarity(${own}, ${other}) END`
}

function containment(own: Sql, other: Sql): Sql {
  return sql`greatest(word_similarity(${own}, ${other}), word_similarity(${other}, ${own}))`
}

function told(words: Sql): Sql {
  return sql`nullif(btrim(translate(${words}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '')), '')`
}
