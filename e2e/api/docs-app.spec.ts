// The requests of the page for the app's developers, as they stand there.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, openApi } from './harness'

let api: Api
let cursor = ''
beforeAll(async () => {
  api = await openApi({ sample: true })
})
afterAll(() => api.close())

interface Documented {
  readonly status: number
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
}

function readRequests(page: string): Documented[] {
  return [...page.matchAll(/```http (\d+)\n([\s\S]*?)\n```/g)].map(([, status, text = '']) => {
    const [head = '', ...body] = text.split('\n\n')
    const [first = '', ...headers] = head.split('\n')
    const [method = '', path = ''] = first.split(' ')
    return {
      status: Number(status),
      method,
      path,
      headers: Object.fromEntries(
        headers.map((line) => line.split(': ')).map(([name = '', value = '']) => [name.toLowerCase(), value]),
      ),
      body: body.length > 0 ? body.join('\n\n') : undefined,
    }
  })
}

const requests = readRequests(readFileSync('docs/app.md', 'utf8'))

test('the page holds requests of every kind', () => {
  expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET', 'POST']))
  expect(requests.length).toBeGreaterThanOrEqual(8)
})

test.each(requests.map((one) => [`${one.method} ${one.path}`, one] as const))('%s', async (_, documented) => {
  const { method, path, headers, body, status } = documented
  const answer = await api.request(method, path.replace('{cursor}', cursor), {
    headers: { prefer: 'handling=strict', ...headers },
    ...(body !== undefined && { body }),
  })
  expect([answer.status, answer.text]).toEqual([status, expect.any(String)])
  if (headers.accept !== undefined) expect(answer.headers.get('content-type')).toBe(headers.accept)
  cursor = answer.headers.get('changes-cursor') ?? cursor
  const verdicts = (answer.body?.results ?? []).map(({ verdict }: { verdict: string }) => verdict)
  expect(verdicts).toEqual(verdicts.map(() => 'applied'))
})
