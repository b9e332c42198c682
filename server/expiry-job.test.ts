import { execFile } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, newMentorId, openApi } from '@/e2e/api/harness'

let api: Api

beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

function runCommand(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/expiry-job.ts', ...args],
      { env: { ...process.env, DATABASE_URL: api.url } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

async function lapsedMentor(): Promise<string> {
  const mentor_id = newMentorId()
  const certification = {
    certification_type: 'basic',
    issued_at: '2023-03-01T00:00:00Z',
    expires_at: '2026-03-01T00:00:00Z',
  }
  expect((await api.post('/api/v1/certifications', { mentor_id, ...certification })).status).toBe(201)
  return mentor_id
}

test('a dry run says what would be found, a run pauses, and a failure is told and gives exit code 1', async () => {
  const mentor = await lapsedMentor()
  const dry = await runCommand('--dry-run')
  expect([dry.code, dry.stderr]).toEqual([0, ''])
  expect(dry.stdout).toMatch(/^Run job_26MAR2026_01 \(dry run: nobody was paused\)\n/)
  expect(dry.stdout).toMatch(/lapsed certifications found +1\n +mentors paused +0\n/)

  const bad = await lapsedMentor()
  await api.db.query(`
    CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.mentor_id = '${bad}' THEN RAISE EXCEPTION 'this row is damaged'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse_one BEFORE UPDATE ON mentor FOR EACH ROW EXECUTE FUNCTION refuse_one()`)
  const partly = await runCommand()
  expect(partly.code).toBe(1)
  expect(partly.stdout).toMatch(/mentors paused +1\n/)
  expect(partly.stdout).toContain(`${bad}: The database refused the change: this row is damaged.`)
  const { rows } = await api.db.query('SELECT mentor_id FROM mentor WHERE paused_by_certification')
  expect(rows).toEqual([{ mentor_id: mentor }])

  await api.db.query('DROP TRIGGER refuse_one ON mentor')
  expect(await runCommand()).toMatchObject({ code: 0, stdout: expect.stringMatching(/mentors paused +1\n/) })
  const runs = await api.db.query('SELECT trigger, actor, dry_run FROM job_run ORDER BY key')
  expect(runs.rows).toEqual([
    { trigger: 'command', actor: 'command', dry_run: true },
    { trigger: 'command', actor: 'command', dry_run: false },
    { trigger: 'command', actor: 'command', dry_run: false },
  ])
})

test('a run that finds nothing of what was forecast, which nothing explains, gives exit code 1', async () => {
  const lapsing = { certification_type: 'basic', issued_at: '2023-03-26T22:00:00Z', expires_at: '2026-03-26T22:00:00Z' }
  const { body } = await api.post('/api/v1/certifications', { mentor_id: newMentorId(), ...lapsing })
  expect((await runCommand()).code).toBe(0)
  // once the run has begun, when what is gone from the forecast has been explained
  await api.db.query(`
    CREATE FUNCTION forget_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      UPDATE certification SET is_current = false WHERE id = '${body.certification_id}';
      RETURN NEW;
    END $$;
    CREATE TRIGGER forget_one AFTER INSERT ON job_run FOR EACH ROW EXECUTE FUNCTION forget_one()`)
  await api.setNow('2026-03-27T01:00:00Z')
  const missed = await runCommand()
  await api.db.query('DROP TRIGGER forget_one ON job_run')
  expect(missed.stdout).toMatch(/failures +0\n/)
  expect(missed.stdout).toContain('1 cannot be explained')
  expect(missed.code).toBe(1)
  expect((await runCommand()).code).toBe(0)
})

test('an unknown option is told in a sentence', async () => {
  const answer = await runCommand('--fast')
  expect(answer.code).toBe(1)
  expect(answer.stderr).toMatch(/^Unknown option '--fast'.*\n$/)
})
