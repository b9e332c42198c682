import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CERTIFICATIONS, expiryJobSteps, VALID } from './expiry-job-steps'
import { type Api, CONTRACT_NOW, newMentorId, openApi } from './harness'

let api: Api
const { record, run, stateOf } = expiryJobSteps(() => api)

const NEXT = '2026-03-27T01:00:00Z'
/** Certifications recorded for the tests here lapse the evening before the next nightly run. */
const TONIGHT = { issued_at: '2023-03-26T22:00:00Z', expires_at: '2026-03-26T22:00:00Z' }

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())
// each test has its own past: nothing is forecast by the runs of another
beforeEach(async () => {
  await api.db.query('TRUNCATE job_run, certification CASCADE')
  await api.setNow(CONTRACT_NOW)
})

async function lapsesTonight(): Promise<{ mentor: string; certification: string }> {
  const mentor = newMentorId()
  return { mentor, certification: await record(mentor, TONIGHT) }
}

async function storedOf(id: string) {
  const { rows } = await api.db.query(
    `SELECT forecast, to_json(forecast_until) #>> '{}' AS until, expected, expected_renewed AS renewed, expected_revoked AS revoked,
       expected_deleted AS deleted, expected_handled AS handled FROM job_run WHERE id = $1`,
    [id],
  )
  return rows[0]
}

async function missed(): Promise<number> {
  const { text } = await api.get('/metrics')
  return Number(/^expiry_job_forecast_missed_total (\d+)$/m.exec(text)?.[1])
}

const unheard = { expected: null, renewed: null, revoked: null, deleted: null, handled: null }
const none = { expected: 0, renewed: 0, revoked: 0, deleted: 0, handled: 0 }

describe('the forecast', () => {
  test('counts the current certifications that lapse until its end; a real run keeps which', async () => {
    await lapsesTonight()
    const renewed = (await lapsesTonight()).mentor
    await record(renewed, VALID)
    const dry = await storedOf((await run({ dry_run: true })).job_run_id)
    expect(dry).toEqual({ ...unheard, forecast: 1, until: expect.stringMatching(/^2026-03-27T/) })
    await record(newMentorId(), { ...TONIGHT, expires_at: dry.until })
    await record(newMentorId(), { ...TONIGHT, expires_at: dry.until.replace('+', '.000001+') })
    expect((await api.db.query('SELECT FROM job_run_forecast')).rowCount).toBe(0)
    expect(await storedOf((await run()).job_run_id)).toEqual({ ...unheard, forecast: 2, until: dry.until })
    expect((await api.db.query('SELECT FROM job_run_forecast')).rowCount).toBe(2)
    const last = await run()
    const kept = await api.db.query('SELECT r.id FROM job_run_forecast AS f JOIN job_run AS r ON r.key = f.run_key')
    expect(kept.rows).toEqual([{ id: last.job_run_id }, { id: last.job_run_id }])
  })
})

describe('what was expected', () => {
  test('is found, and no alarm is raised', async () => {
    await lapsesTonight()
    await run()
    await api.setNow(NEXT)
    const before = await missed()
    const next = await run()
    expect(next).toMatchObject({ expired_found: 1 })
    expect(await storedOf(next.job_run_id)).toMatchObject({ ...none, expected: 1 })
    expect(await missed()).toBe(before)
  })

  test('counts up to the time of the run only, and a dry run in between takes nothing away', async () => {
    await lapsesTonight()
    await run()
    await api.setNow('2026-03-26T21:59:59Z')
    expect(await storedOf((await run()).job_run_id)).toMatchObject(none)
    await api.setNow(NEXT)
    expect(await storedOf((await run({ dry_run: true })).job_run_id)).toMatchObject(unheard)
    expect(await storedOf((await run()).job_run_id)).toMatchObject({ ...none, expected: 1 })
  })

  test('explains itself where it was renewed, revoked, deleted or handled', async () => {
    const [renewed, revoked, deleted, handled] = await Promise.all(Array.from({ length: 4 }, lapsesTonight))
    if (!renewed || !revoked || !deleted || !handled) throw new Error('four were asked for')
    await run()
    await record(renewed.mentor, VALID)
    await api.put(`${CERTIFICATIONS}/${revoked.certification}`, { status: 'revoked' })
    await api.delete(`${CERTIFICATIONS}/${deleted.certification}`)
    await api.setNow(NEXT)
    // what a run has handled that died before its end
    await api.db.query('UPDATE certification SET auto_pause_applied_at = now() WHERE id = $1', [handled.certification])
    const before = await missed()
    const next = await run()
    expect(next).toMatchObject({ expired_found: 0 })
    expect(await storedOf(next.job_run_id)).toMatchObject({
      expected: 4,
      renewed: 1,
      revoked: 1,
      deleted: 1,
      handled: 1,
    })
    expect(await missed()).toBe(before)
  })

  test('raises the alarm where nothing was found and something is unexplained', async () => {
    const [bad, renewed] = [await lapsesTonight(), await lapsesTonight()]
    await run()
    await record(renewed.mentor, VALID)
    await api.db.query(`
      CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.mentor_id = '${bad.mentor}' THEN RAISE EXCEPTION 'this row is damaged'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refuse_one BEFORE UPDATE ON mentor FOR EACH ROW EXECUTE FUNCTION refuse_one()`)
    await api.setNow(NEXT)
    const before = await missed()
    const next = await run()
    await api.db.query('DROP TRIGGER refuse_one ON mentor; DROP FUNCTION refuse_one')
    expect(next).toMatchObject({ expired_found: 0, failures: [{ mentor_id: bad.mentor }] })
    expect(await storedOf(next.job_run_id)).toMatchObject({ ...none, expected: 2, renewed: 1 })
    expect(await missed()).toBe(before + 1)
    expect(await stateOf(bad.mentor)).toMatchObject({ paused_by_certification: false })
    expect(await run()).toMatchObject({ expired_found: 1, auto_paused: 1 })
    expect(await missed()).toBe(before + 1)
  })
})
