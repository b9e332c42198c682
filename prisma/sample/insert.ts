import type pg from 'pg'
import { ORGANISATION } from './catalogue'

/** Of a statement's parameter: large enough to be quick, small enough to leave the memory alone. */
const ROWS_AT_ONCE = 5000

/** Inserts rows of the organisation with the keys they bring. The members of the first row name the columns of all. */
export async function insertRows(db: pg.ClientBase, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await db.query(
      `INSERT INTO ${table} (org_id, ${columns}) OVERRIDING SYSTEM VALUE
       SELECT $1, ${columns} FROM json_populate_recordset(NULL::${table}, $2)`,
      [ORGANISATION.id, JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))],
    )
  }
}

/** Lets what comes later go on after the highest number in use. */
export async function continueNumbers(db: pg.ClientBase, sequence: string, highest: number): Promise<void> {
  await db.query('SELECT setval($1::regclass, $2, $3)', [sequence, Math.max(highest, 1), highest > 0])
}

/** As many public ids as asked for; their numbers begin with 1. */
export async function makeIds(db: pg.ClientBase, prefix: string, count: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'SELECT public_id($1, n) AS id FROM generate_series(1, $2::bigint) AS n ORDER BY n',
    [prefix, count],
  )
  return rows.map(({ id }) => id)
}

interface Index {
  readonly remove: string
  readonly rebuild: string
}

/**
 * Runs `work` with the table stripped of its indexes, and builds them again: for hundreds of thousands of rows that takes
 * a fraction of the time of keeping them. Those that foreign keys rest on stay.
 */
export async function withoutIndexes<T>(db: pg.ClientBase, table: string, work: () => Promise<T>): Promise<T> {
  const { rows: indexes } = await db.query<Index>(
    // without a constraint the concatenation is null
    `SELECT coalesce('ALTER TABLE ' || i.indrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(c.conname),
         'DROP INDEX ' || i.indexrelid::regclass) AS remove,
       coalesce('ALTER TABLE ' || i.indrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(c.conname) || ' '
         || pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) AS rebuild
     FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'u'
     WHERE i.indrelid = $1::regclass AND NOT i.indisprimary
       AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid)
     ORDER BY i.indexrelid`,
    [table],
  )
  for (const index of indexes) await db.query(index.remove)
  const result = await work()
  for (const index of indexes) await db.query(index.rebuild)
  return result
}
