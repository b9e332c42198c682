// Every gate and every test, one after the other; the last line is the sum over all runners.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const folder = mkdtempSync(path.join(tmpdir(), 'test-results-'))
const sum = { passed: 0, failed: 0 }
const started = Date.now()

async function run(title: string, program: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  console.log(`\n== ${title} (at ${Math.round((Date.now() - started) / 1000)} s)`)
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) console.error(`FAILED: ${title}`)
  return code === 0
}

/** A step that counts nothing by itself: one failure when it fails. */
async function gate(title: string, script: string): Promise<void> {
  if (!(await run(title, 'npm', ['run', '--silent', script]))) sum.failed++
}

async function vitest(title: string, args: string[], env: Record<string, string> = {}): Promise<void> {
  const report = path.join(folder, `${title.replaceAll(/\W+/g, '-')}.json`)
  const options = ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const ok = await run(title, process.execPath, ['node_modules/vitest/vitest.mjs', ...options], env)
  count(ok, report, (result) => [result.numPassedTests, result.numFailedTests])
}

async function playwright(title: string): Promise<void> {
  const report = path.join(folder, 'playwright.json')
  const ok = await run(title, process.execPath, ['node_modules/@playwright/test/cli.js', 'test'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  count(ok, report, ({ stats }) => [stats.expected, stats.unexpected + stats.flaky])
}

// biome-ignore lint/suspicious/noExplicitAny: the runners' own report formats
function count(ok: boolean, report: string, read: (result: any) => [number, number]): void {
  let [passed, failed] = [0, 0]
  try {
    ;[passed, failed] = read(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    console.error(`No report was written to ${report}`)
  }
  sum.passed += passed
  // a runner that fails without a failed test has failed all the same
  sum.failed += ok ? failed : Math.max(1, failed)
}

await gate('format, lint, types, dead code, schema, lock file', 'check')
await gate('production build', 'build')
// the API's specs run below, over HTTP; only where the nightly job is on does one of them see when it pauses
await vitest('rules, database, faults', ['--exclude', 'e2e/api/!(views-certification-warnings).spec.ts'])
await vitest('API through our own server', ['e2e/api'], { API_MOUNT: 'server' })
await vitest('API through Next', ['e2e/api'], { API_MOUNT: 'next' })
await playwright('browser')

rmSync(folder, { recursive: true, force: true })
console.log(`\n${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1
