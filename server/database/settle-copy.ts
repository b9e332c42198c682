import type pg from 'pg'

/**
 * Makes a database at home that was restored from a dump into another PostgreSQL cluster, where transactions are counted
 * from elsewhere: what was written before is written before everything to come, in the order of its numbers. Lists and
 * cursors read in the old place are refused by their database's name. Needs the lock of the migrations.
 */
export async function settleCopy(db: pg.Client, log: (message: string) => void): Promise<void> {
  const { rows } = await db.query(`SELECT FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'database_identity' AND column_name = 'cluster'`)
  if (rows.length === 0) return
  try {
    await db.query('BEGIN')
    const { rows: moved } = await db.query(`SELECT cluster IS NOT NULL
        OR EXISTS (SELECT FROM change WHERE transaction_id >= pg_snapshot_xmax(pg_current_snapshot())) AS foreign_ids
      FROM database_identity, pg_control_system() WHERE cluster IS DISTINCT FROM system_identifier::text`)
    if (moved[0]?.foreign_ids) {
      log('The database has come from another PostgreSQL cluster; its change log is put in order for this one.')
      await db.query(`UPDATE change SET transaction_id = '3'`)
      await db.query(`UPDATE duplicate_event SET written_in = '3'`)
    }
    if (moved.length > 0) {
      await db.query('UPDATE database_identity SET cluster = (SELECT system_identifier::text FROM pg_control_system())')
    }
    await db.query('COMMIT')
  } catch (error) {
    await db.query('ROLLBACK').catch(() => {})
    throw error
  }
}
