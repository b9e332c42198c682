import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, openApi } from './harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api?.close())

describe('health', () => {
  test('the process is up and ready', async () => {
    const healthy = await api.get('/healthz')
    expect([healthy.status, healthy.body]).toEqual([200, { status: 'up' }])
    const ready = await api.get('/readyz')
    expect([ready.status, ready.body]).toEqual([200, { status: 'ready' }])
    expect(ready.headers.get('cache-control')).toBe('no-store')
  })

  test('is not ready while a migration is missing, and again once it is there', async () => {
    const rename = (from: string, to: string) =>
      api.db.query('UPDATE _prisma_migrations SET migration_name = $2 WHERE migration_name = $1', [from, to])
    await rename('20261122000000_init', 'another')
    const answer = await api.get('/readyz')
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(answer.body).toEqual({
      status: 'not_ready',
      reason: 'Migrations are still to be applied: 20261122000000_init.',
    })
    expect((await api.get('/healthz')).status).toBe(200)
    await rename('another', '20261122000000_init')
    expect((await api.get('/readyz')).status).toBe(200)
  })

  test('the metrics count requests by route', async () => {
    await api.get('/api/v1/mentors/nobody')
    const answer = await api.get('/metrics')
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect(answer.text).toMatch(
      /^http_requests_total\{method="GET",route="\/api\/v1\/mentors\/:mentor_id",status="404"\} \d+$/m,
    )
    expect(answer.text).toContain('process_resident_memory_bytes')
  })
})

describe.each(['/healthz', '/readyz', '/metrics'])('%s', (path) => {
  const allow = 'GET, HEAD, OPTIONS'

  test('answers HEAD as GET without the body', async () => {
    const [whole, head] = [await api.get(path), await api.request('HEAD', path)]
    expect([head.status, head.text]).toEqual([200, ''])
    for (const name of ['content-type', 'cache-control'])
      expect(head.headers.get(name), name).toBe(whole.headers.get(name))
  })

  test('names its methods to OPTIONS', async () => {
    const answer = await api.request('OPTIONS', path)
    expect([answer.status, answer.text, answer.headers.get('allow')]).toEqual([204, '', allow])
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is a 405 problem document', async (method) => {
    const answer = await api.request(method, path)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.body).toEqual({
      type: '/api-docs#method_not_allowed',
      title: 'This address does not know this method',
      status: 405,
      detail: `${path} knows ${allow}.`,
      instance: path,
      code: 'method_not_allowed',
      request_id: answer.headers.get('x-request-id'),
    })
  })
})

describe('an unknown address', () => {
  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is a 404 problem document', async (method) => {
    for (const path of ['/api/v1', '/api/v1/nothing', '/api/v2/certifications', '/api/v1/mentors/a/b/c']) {
      const answer = await api.request(method, path)
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(answer.body).toMatchObject({
        type: '/api-docs#not_found',
        status: 404,
        code: 'not_found',
        instance: path,
        detail: `There is nothing at ${path}.`,
      })
      expect(answer.body.request_id).toBe(answer.headers.get('x-request-id'))
    }
  })
})
