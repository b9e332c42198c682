import type pg from 'pg'
import { withoutIndexes } from '@/prisma/sample/insert'

export const ORG = 'bench'
/** Every mentor logs as much in a year, in the small organisation and in the one a hundred times larger. */
const PER_MENTOR = 100

const TITLES = [
  'Telefonsamtale',
  'Telefonsamtale',
  'Samtale',
  'Samtale',
  'Gåtur',
  'Gåtur',
  'Kafétreff',
  'Gruppemøte',
  'Sorggruppe',
  'Strikkekafé',
  'Pårørendegruppe',
  'Temakveld om søvn',
  'Temakveld: rettigheter og NAV',
  'Oppfølgingssamtale',
  'Første samtale',
  'Likepersonsamtale om kreft',
  'Besøk på avdelingen',
  'Svømming med ungdom',
  'Åpent hus',
  'Bowling',
]
// as common in a village as in a city
const COMMON_PLACES = ['Zoom', 'Teams', 'Rom 4B', 'Møterom 2', 'Biblioteket', 'Frivilligsentralen', null, null]
const LOCAL_PLACES = [
  'Frivilligsentralen',
  'Biblioteket',
  'Menighetshuset',
  'Kafé',
  'Helsehuset',
  'Turstien ved',
  'Skolen på',
]
// each hundred mentors have places of their own
const SYLLABLES = ['Berg', 'Dal', 'Eid', 'Fjell', 'Gran', 'Haug', 'Li', 'Nes', 'Sand', 'Vik']
const MORE_SYLLABLES = ['heim', 'land', 'mo', 'rud', 'set', 'stad', 'strand', 'sund', 'vang', 'øy']

/** SQL: a whole number below `most`, by chance but the same in every run. */
const draw = (salt: string, most: string) => `abs(hashint8extended(n, ${salt})) % ${most}`
const oneOf = (list: string, salt: string) => `(${list})[1 + ${draw(salt, `cardinality(${list})`)}]`

/** Fills an empty, migrated database with an organisation that logged so many activities in the year before `until`. */
export async function loadActivities(db: pg.Client, count: number, until: string): Promise<void> {
  const mentors = count / PER_MENTOR
  await db.query(`INSERT INTO organisation (id, name) VALUES ($1, 'Bench')`, [ORG])
  await db.query(
    `INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
     SELECT $1, 'm-' || n, 'Mentor ' || n, '', $3, $3, $3 FROM generate_series(1, $2::integer) AS n`,
    [ORG, mentors, until],
  )
  // what each of the few different texts says is worked out once
  await db.query('ALTER TABLE activity DISABLE TRIGGER activity_words')
  await withoutIndexes(db, 'activity', () =>
    db.query(
      `WITH drawn AS MATERIALIZED (
         SELECT n, 1 + n % $3 AS mentor, $2::date - (${draw('1', '365')})::integer AS date, ${draw('2', '10')} AS type,
           ${oneOf('$4::text[]', '3')} AS title, ${draw('4', '3')} AS reach, ${oneOf('$5::text[]', '5')} AS common,
           ${oneOf('$6::text[]', '6')} || ' ' || ($7::text[])[1 + n % $3 / 100 % 10] || ($8::text[])[1 + n % $3 / 1000 % 10] AS local
         FROM generate_series(1, $9::integer) AS n
       ), said AS MATERIALIZED (
         SELECT text, activity_text(text) AS words FROM (
           SELECT title AS text FROM drawn UNION SELECT common FROM drawn UNION SELECT local FROM drawn) AS texts
       )
       INSERT INTO activity (org_id, mentor_key, activity_type_id, date, title, location, duration_minutes, starts_at,
         participant_count, title_words, place_words, created_at, updated_at)
       SELECT $1, m.key, 'type-' || d.type, d.date, d.title, place.text, ${oneOf('ARRAY[30, 45, 60, 60, 90, 90, 120]', '7')},
         CASE WHEN ${draw('8', '3')} > 0 THEN to_char(10 + ${draw('9', '11')}, 'FM00') || ':' || ${oneOf("ARRAY['00', '30']", '10')} END,
         CASE WHEN ${draw('11', '3')} = 0 THEN 1 + ${draw('12', '14')} END, title.words, place.words, d.date, d.date
       FROM drawn d JOIN mentor m ON m.mentor_id = 'm-' || d.mentor
       JOIN said title ON title.text = d.title
       LEFT JOIN said place ON place.text = CASE WHEN d.reach = 0 THEN d.common ELSE d.local END
       ORDER BY d.date, n`,
      [ORG, until, mentors, TITLES, COMMON_PLACES, LOCAL_PLACES, SYLLABLES, MORE_SYLLABLES, count],
    ),
  )
  await db.query('ALTER TABLE activity ENABLE TRIGGER activity_words')
  // one activity in ten came out of a check, and one in a hundred still waits beside a draft
  await db.query('ALTER TABLE duplicate_event DISABLE TRIGGER draft_words')
  await db.query(
    `INSERT INTO duplicate_event (org_id, event_type, mentor_key, activity_type_id, date, draft, state, check_number,
       activity_key, title_words, place_words, dispatched_at)
     SELECT org_id, 'check', mentor_key, activity_type_id, date, json_build_object('title', title, 'location', location),
       CASE WHEN key % 100 = 0 THEN 'duplicate_found' ELSE 'clear' END, nextval('duplicate_check_number'),
       CASE WHEN key % 100 > 0 THEN key END, title_words, place_words, created_at
     FROM activity WHERE key % 10 = 0`,
  )
  await db.query('ALTER TABLE duplicate_event ENABLE TRIGGER draft_words')
  await db.query(
    `INSERT INTO duplicate_candidate (event_key, activity_key, probability, evidence)
     SELECT key, 100 * row_number() OVER (ORDER BY key), 0.9, '[]' FROM duplicate_event WHERE state = 'duplicate_found'`,
  )
  await db.query('VACUUM (ANALYZE)')
}
