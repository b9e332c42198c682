import { readdirSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ERRORS, type ErrorCode } from '@/lib/errors'
import type { Endpoint } from '@/lib/http/endpoint'
import examples from '@/lib/openapi/contract-examples.json'
import { routes } from '@/routes.generated'
import { type Answered, type Api, openApi } from './harness'

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  parameters?: { name: string; in: string; required?: boolean; schema: { enum?: string[]; default?: unknown } }[]
  // biome-ignore lint/suspicious/noExplicitAny: a document of many shapes
  requestBody?: any
  // biome-ignore lint/suspicious/noExplicitAny: a document of many shapes
  responses: Record<string, any>
}
type PathItem = Record<string, Operation> & { servers?: { url: string }[] }

let api: Api
// biome-ignore lint/suspicious/noExplicitAny: a document of many shapes
let document: any
beforeAll(async () => {
  api = await openApi()
  document = (await api.get('/api/v1/openapi.json')).body
})
afterAll(() => api?.close())

const METHODS = ['get', 'post', 'put', 'delete']
const anonymous = (path: string) => path.replace(/:\w+|\{\w+\}/g, '{}')

function operations(): { path: string; method: string; operation: Operation }[] {
  return Object.entries(document.paths as Record<string, PathItem>).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] as Operation })),
  )
}

/** The route files, found without the table that the document is made from. */
function routeFiles(): string[] {
  return readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(api|healthz|readyz|metrics)\/.*route\.ts$|^(healthz|readyz|metrics)\/route\.ts$/.test(file))
    .map((file) => `/${file.replace(/\/route\.ts$/, '')}`.replace(/\[(\w+)\]/g, '{$1}'))
    .filter((path) => !path.includes('[...'))
}

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0')
    const validator = new Validator()
    const result = await validator.validate(structuredClone(document))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  test('names its operations once, each with a summary and a known tag', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = new Set(document.tags.map((tag: { name: string }) => tag.name))
    for (const { operation } of operations()) {
      expect(operation.summary).not.toBe('')
      expect(operation.tags.filter((tag) => !tags.has(tag))).toEqual([])
    }
  })

  test('leaves no pattern beside a format, and no reference that leads nowhere', () => {
    const wrong: unknown[] = []
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      const node = value as Record<string, unknown>
      if (typeof node.format === 'string' && node.pattern !== undefined) wrong.push(node)
      if (typeof node.$ref === 'string') {
        const target = node.$ref
          .slice(2)
          .split('/')
          .reduce((at, key) => at?.[key], document)
        if (target === undefined) wrong.push(node.$ref)
      }
      for (const inner of Object.values(node)) visit(inner)
    }
    visit(document)
    expect(wrong).toEqual([])
  })
})

describe('the routes and the document agree', () => {
  test('every route file is in the document, and nothing else', () => {
    expect(Object.keys(document.paths).toSorted()).toEqual(routeFiles().toSorted())
  })

  test('every handler is in the document, and every operation has one', async () => {
    const handled: string[] = []
    for (const { path, load } of routes.filter((route) => !route.path.includes('*'))) {
      const handlers = (await load()) as Record<string, { endpoint?: unknown; operation?: unknown } | undefined>
      for (const method of METHODS) {
        const handler = handlers[method.toUpperCase()]
        if (handler?.endpoint || handler?.operation) handled.push(`${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
      }
    }
    expect(
      operations()
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted(),
    ).toEqual(handled.toSorted())
  })

  test('the server allows the documented methods and no others', async () => {
    for (const path of new Set((await endpoints()).map((one) => one.path))) {
      const answer = await api.request('OPTIONS', path.replace(/:\w+/g, 'some-id'))
      const allowed = (answer.headers.get('allow') ?? '').toLowerCase().split(', ')
      const item = document.paths[path.replace(/:(\w+)/g, '{$1}')]
      expect([path, METHODS.filter((method) => allowed.includes(method))]).toEqual([
        path,
        METHODS.filter((method) => item[method]),
      ])
    }
  })

  test('every refusal has the status and the code that the document names', async () => {
    const seen = new Set<string>()
    for (const { path, method, operation } of operations().filter((one) => one.path.startsWith('/api/v1/'))) {
      const address = path.replace(/\{\w+\}/g, 'no-such-id')
      const send = (body: unknown, headers: Record<string, string> = {}, query = '') =>
        api.request(method, `${address}${query}`, {
          ...(method !== 'get' && { body }),
          headers: { 'content-type': 'application/json', ...headers },
        })
      const requests: Promise<Answered>[] = [
        send({}, { prefer: 'handling=strict' }, '?unheard-of=1'),
        send('{'),
        send('{', { 'sec-fetch-site': 'cross-site' }),
        send('<a/>', { 'content-type': 'text/xml' }),
        send(' '.repeat(3 * 1024 * 1024)),
        send([], { 'idempotency-key': ' ' }),
      ]
      for (const answer of await Promise.all(requests)) {
        if (answer.status < 400) continue
        const codes =
          operation.responses[answer.status]?.content?.['application/problem+json']?.schema?.properties?.code?.enum
        expect([method, path, answer.status, answer.body.code, codes]).toEqual([
          method,
          path,
          answer.status,
          answer.body.code,
          expect.arrayContaining([answer.body.code]),
        ])
        seen.add(answer.body.code)
      }
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['invalid_request', 'invalid_json', 'forbidden', 'mentor_not_found']),
    )
    expect([...seen]).toEqual(expect.arrayContaining(['body_too_large', 'unsupported_media_type']))
  })

  test('every read answers with the documented headers', async () => {
    // a selection refers to a list that was read, a search to words
    const needed: Record<string, string> = { as_of: (await api.get('/api/v1/views/counts')).body.as_of, q: 'a' }
    for (const { path, operation } of operations().filter((one) => one.method === 'get' && !one.path.includes('{'))) {
      const { headers: documented, content } = operation.responses[200]
      // a stream has no end, so no tag
      if (!documented || 'text/event-stream' in content) continue
      const names = (operation.parameters ?? []).filter(({ required }) => required).map(({ name }) => name)
      const query = new URLSearchParams({ 'unheard-of': '1' })
      for (const name of names) query.set(name, needed[name] ?? '')
      const answer = await api.get(`${path}?${query}`, { prefer: 'handling=lenient' })
      expect([path, answer.status]).toEqual([path, 200])
      for (const name of ['ETag', 'Changes-Cursor', 'X-Ignored', 'X-Request-Id']) {
        expect([path, name, answer.headers.has(name), name in documented]).toEqual([path, name, true, true])
      }
    }
  })

  test('every list names its sortable fields, and takes page and limit', async () => {
    const lists = operations().filter(({ operation }) =>
      Object.hasOwn(operation.responses[200]?.content?.['application/json']?.schema?.properties ?? {}, 'pagination'),
    )
    expect(lists.length).toBeGreaterThanOrEqual(6)
    const plan = await api.post('/api/v1/certifications/expiry-job/run', { dry_run: true })
    for (const { path, operation } of lists) {
      const query = new Map((operation.parameters ?? []).map((parameter) => [parameter.name, parameter.schema]))
      expect(query.get('page')).toMatchObject({ type: 'integer', minimum: 1, default: 1 })
      expect(query.get('limit')).toMatchObject({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
      for (const sort of query.get('sort')?.enum ?? ['none']) {
        const address = path.replace('{job_run_id}', plan.body.job_run_id)
        expect([path, sort, (await api.get(`${address}?sort=${sort}`)).status]).toEqual([path, sort, 200])
      }
    }
  })
})

describe('errors', () => {
  test('every code is in the problem schema, and every declared one under its status', async () => {
    expect(document.components.schemas.Problem.properties.code.enum).toEqual(Object.keys(ERRORS))
    for (const { path, method, endpoint } of await endpoints()) {
      for (const code of [
        ...(endpoint.declaration.errors ?? []),
        ...(endpoint.declaration.notFound ? [endpoint.declaration.notFound] : []),
      ]) {
        const responses = document.paths[path.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()].responses
        const status = ERRORS[code as ErrorCode][0]
        expect(responses[status].content['application/problem+json'].schema.properties.code.enum).toContain(code)
      }
    }
  })
})

describe('the examples of the contracts', () => {
  test('there are 27', () => {
    expect(examples).toHaveLength(27)
  })

  test.each(examples.map((example) => [`${example.method} ${example.path}`, example] as const))(
    '%s is in the document, validates, and has both path forms',
    async (_, example) => {
      const found = operations().find(
        ({ path, method }) => method === example.method.toLowerCase() && anonymous(path) === anonymous(example.path),
      )
      expect(found).toBeDefined()
      const { operation, path } = found as NonNullable<typeof found>
      const success = Object.keys(operation.responses).find((status) => status.startsWith('2')) ?? ''
      expect(operation.responses[success].content['application/json'].examples.contract.value).toEqual(example.response)
      expect(operation.requestBody?.content['application/json'].examples.contract.value).toEqual(example.request)

      const servers = document.paths[path].servers.map((server: { url: string }) => server.url)
      expect(servers).toEqual(['/', `/api/v1/${example.service}`])
      expect(anonymous(`${servers[1]}${path}`)).toBe(anonymous(example.documentedPath))

      const match = (await endpoints()).find(
        (one) => one.method === example.method && anonymous(one.path) === anonymous(example.path),
      )
      const declaration = match?.endpoint.declaration
      expect(declaration?.response.safeParse(example.response).error?.issues ?? []).toEqual([])
      expect(declaration?.body?.safeParse(example.request).error?.issues ?? []).toEqual([])
      expect(example.request !== undefined).toBe(declaration?.body !== undefined)
    },
  )
})

async function endpoints(): Promise<{ path: string; method: string; endpoint: Endpoint }[]> {
  const found: { path: string; method: string; endpoint: Endpoint }[] = []
  for (const { path, load } of routes) {
    const handlers = (await load()) as Record<string, { endpoint?: Endpoint } | undefined>
    for (const method of METHODS.map((name) => name.toUpperCase())) {
      const endpoint = handlers[method]?.endpoint
      if (endpoint) found.push({ path, method, endpoint })
    }
  }
  return found
}
