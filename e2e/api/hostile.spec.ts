import { afterAll, beforeAll, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Handler } from '@/lib/http/endpoint'
import examples from '@/lib/openapi/contract-examples.json'
import { routes } from '@/routes.generated'
import { type Api, openApi, type RequestOptions } from './harness'

const loneSurrogate = String.fromCharCode(0xd800)
const hostileValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  1e21,
  '',
  ' ',
  [],
  [[]],
  {},
  { $ne: null },
  'a'.repeat(5000),
  'a\0b',
  `x${loneSurrogate}`,
  "' OR 1=1; DROP TABLE mentor; --",
  ['$', '{7*7}'].join(''),
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '2026-02-30',
  '2026-13-01T00:00:00Z',
  '2026-03-26T25:00:00Z',
  '2026-03-26T10:00:00',
  '0000-00-00T00:00:00Z',
  '+12026-01-01T00:00:00Z',
  '2026-03-26T10:00:00+99:99',
  'infinity',
  'now()',
  '𝕏👩‍👩‍👧 øæå',
  '__proto__',
]
const hostileIds = [
  '%00',
  '%ff',
  '..',
  '.',
  '%2e%2e',
  '%2F',
  'a'.repeat(65),
  'a'.repeat(4000),
  "'%20OR%201=1--",
  'cert_00000000',
  'evt-999999999999999999999',
  'evt_!!!!!!!!',
  'evt-bloc-1e9',
  'evt--1',
  'null',
  'undefined',
  '0',
  '-1',
  '%F0%9F%98%80',
  'mentor%0A42',
  'events',
  '[id]',
  '*',
  '%ED%A0%80',
]
const hostileQueries = [
  'page=0',
  'page=-1',
  'page=abc',
  'page=99999999999',
  'page=1.5',
  'page=',
  'page=1&page=2',
  'limit=0',
  'limit=101',
  'limit=1e3',
  'limit=%00',
  'sort=evil',
  'sort=',
  'sort=--created_at',
  'sort=id;DROP TABLE mentor',
  'unknown=1',
  '__proto__=1',
  'constructor=1',
  '%00=1',
  'a[]=1',
  '%F0%9F=1',
  '&&&&',
  '=',
]
const utf8 = new TextEncoder()
const hostileBodies: (string | Uint8Array)[] = [
  '',
  ' ',
  '{',
  '}',
  '[]',
  'null',
  '"x"',
  '1',
  'true',
  '{"a":1',
  '{"a":NaN}',
  "{'a':1}",
  '{"a":1}{"b":2}',
  '\ufeff{}',
  '[{}]',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{}}}',
  '{"a":"\\ud800"}',
  '{"a":"\\u0000"}',
  '{"\\u0000":1}',
  '{"a":1e999}',
  `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`,
  '{"a":'.repeat(5000),
  `{"a":"${'x'.repeat(300 * 1024)}"}`,
  new Uint8Array([0xff, 0xfe, 0x7b, 0x7d]),
  utf8.encode('{"a":"').slice(0, 5),
  new Uint8Array([...utf8.encode('{"a":"'), 0xc3, 0x28, ...utf8.encode('"}')]),
  new Uint8Array(1024),
]
const hostileHeaders: Record<string, string>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'application/json; charset=latin9' },
  { 'content-encoding': 'gzip' },
  { 'idempotency-key': 'k'.repeat(256) },
  { 'if-match': '"0.nothing"' },
  { 'if-match': 'garbage' },
  { 'x-request-id': '<script>' },
  { prefer: 'handling=strict' },
  { 'sec-fetch-site': 'cross-site' },
  { 'if-none-match': '"'.repeat(100) },
]

interface Attack {
  method: string
  path: string
  options: RequestOptions
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const

async function* attacks(): AsyncGenerator<Attack> {
  for (const { path, load } of routes.filter(
    (route) => route.path.startsWith('/api/v1/') && !route.path.endsWith('*'),
  )) {
    const handlers = (await load()) as Record<string, Handler>
    for (const method of methods) {
      const endpoint = handlers[method]?.endpoint
      if (!endpoint) {
        yield { method, path: path.replace(/:\w+/, 'mentor-42'), options: {} }
        continue
      }
      const example = examples.find(
        (one) => one.method === method && one.path.replace(/:\w+/, ':') === path.replace(/:\w+/, ':'),
      )
      const body = (example as { request?: Record<string, unknown> } | undefined)?.request ?? {}
      const sends = method === 'POST' || method === 'PUT'
      if (path.includes(':')) {
        for (const id of hostileIds) yield { method, path: path.replace(/:\w+/, id), options: sends ? { body } : {} }
      }
      const at = path.replace(/:\w+/, 'cert_03PQ7SY1')
      const known = Object.keys((endpoint.declaration.query as z.ZodObject | undefined)?.shape ?? {})
      const values = ['', '%00', 'x'.repeat(300), '2026-02-30', "'--", '-1', '999999999999', 'true', '%ED%A0%80', '[]']
      const queries = [...hostileQueries, ...known.flatMap((name) => values.map((value) => `${name}=${value}`))]
      for (const query of queries) yield { method, path: `${at}?${query}`, options: sends ? { body } : {} }
      for (const headers of hostileHeaders)
        yield { method, path: at, options: { headers, ...(sends && { body: JSON.stringify(body) }) } }
      if (!sends) continue
      for (const raw of hostileBodies) yield { method, path: at, options: { body: raw } }
      for (const strange of ['a/b~c', 'new_key', '\u2028', '$where']) {
        yield { method, path: at, options: { body: { ...body, [strange]: 1 }, headers: { prefer: 'handling=strict' } } }
      }
      for (const key of [...Object.keys(body), 'extra']) {
        yield {
          method,
          path: at,
          options: { body: Object.fromEntries(Object.entries(body).filter(([name]) => name !== key)) },
        }
        for (const value of hostileValues) yield { method, path: at, options: { body: { ...body, [key]: value } } }
      }
    }
  }
}

let api: Api
beforeAll(async () => {
  api = await openApi({ sample: true })
})
afterAll(() => api.close())

/** Changes whenever a row is added, removed or versioned. */
async function stateOfDatabase(): Promise<string> {
  const { rows } = await api.db.query(`SELECT concat_ws(' ',
    (SELECT concat(count(*), '/', sum(revision)) FROM mentor), (SELECT concat(count(*), '/', sum(version)) FROM certification),
    (SELECT concat(count(*), '/', sum(version)) FROM sync_event), (SELECT concat(count(*), '/', sum(version)) FROM bloc_event),
    (SELECT concat(count(*), '/', sum(version)) FROM duplicate_event), (SELECT concat(count(*), '/', sum(version)) FROM activity),
    (SELECT count(*) FROM job_run), (SELECT count(*) FROM auto_pause_log), (SELECT count(*) FROM idempotency),
    (SELECT count(*) FROM graphile_worker.jobs), (SELECT max(position) FROM change)) AS state`)
  return rows[0].state
}

it('answers at least 2,000 hostile requests without a fault, and stores nothing of what it refuses', {
  timeout: 300_000,
}, async () => {
  let count = 0
  let refused = 0
  let before = await stateOfDatabase()
  for await (const { method, path, options } of attacks()) {
    const label = `${method} ${path} ${JSON.stringify(options).slice(0, 300)}`
    const answered = await api.request(method, path, options)
    count++
    expect(answered.status, `${label}\n${answered.text}`).toBeLessThan(500)
    if (answered.status >= 400) {
      refused++
      expect(answered.headers.get('content-type'), label).toBe('application/problem+json')
      expect(answered.body, label).toMatchObject({
        status: answered.status,
        code: expect.any(String),
        request_id: expect.any(String),
        title: expect.any(String),
        detail: expect.any(String),
      })
      expect(await stateOfDatabase(), label).toBe(before)
    } else if (method !== 'GET') {
      await api.finishJobs()
      before = await stateOfDatabase()
    }
  }
  expect(count).toBeGreaterThanOrEqual(2000)
  expect(refused).toBeGreaterThanOrEqual(1000)
})
