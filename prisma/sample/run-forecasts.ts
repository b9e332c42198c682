import type pg from 'pg'

/**
 * Lets each run have looked ahead as it would have: which certifications then known were to lapse until the next one, and
 * how many of those the run before had named were renewed or revoked by the time it began.
 */
export async function keepForecasts(db: pg.ClientBase): Promise<void> {
  await db.query(`
    INSERT INTO job_run_forecast (run_key, certification_id, expires_at)
    SELECT r.key, c.id, c.expires_at FROM job_run AS r
    JOIN certification AS c ON c.org_id = r.org_id AND c.expires_at > r.started_at AND c.expires_at <= r.forecast_until
    WHERE c.created_at <= r.started_at AND (c.revoked_at IS NULL OR c.revoked_at > r.started_at)
      AND NOT EXISTS (SELECT FROM certification AS o
        WHERE o.mentor_key = c.mentor_key AND o.certification_type = c.certification_type AND o.created_at <= r.started_at
          AND (o.revoked_at IS NULL OR o.revoked_at > r.started_at) AND (o.expires_at, o.key) > (c.expires_at, c.key))`)
  await db.query(
    `UPDATE job_run AS r SET forecast = (SELECT count(*) FROM job_run_forecast AS f WHERE f.run_key = r.key)`,
  )
  // a dry run counts only
  await db.query('DELETE FROM job_run_forecast AS f USING job_run AS r WHERE r.key = f.run_key AND r.dry_run')
  await db.query(`
    UPDATE job_run AS r SET expected = due.expected, expected_renewed = due.renewed, expected_revoked = due.revoked,
      expected_deleted = 0, expected_handled = 0
    FROM (
      SELECT run.key, count(f.run_key) AS expected, count(*) FILTER (WHERE c.revoked_at <= run.started_at) AS revoked,
        count(*) FILTER (WHERE (c.revoked_at IS NULL OR c.revoked_at > run.started_at) AND EXISTS (SELECT FROM certification AS o
          WHERE o.mentor_key = c.mentor_key AND o.certification_type = c.certification_type AND o.created_at <= run.started_at
            AND o.revoked_at IS NULL AND (o.expires_at, o.key) > (c.expires_at, c.key))) AS renewed
      FROM (SELECT key, started_at, lag(key) OVER (ORDER BY key) AS before FROM job_run WHERE NOT dry_run) AS run
      LEFT JOIN job_run_forecast AS f ON f.run_key = run.before AND f.expires_at <= run.started_at
      LEFT JOIN certification AS c ON c.id = f.certification_id
      WHERE run.before IS NOT NULL GROUP BY run.key) AS due
    WHERE due.key = r.key`)
}
