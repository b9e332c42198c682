import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createListener } from './listener'

const ADDRESSES = ['/api/v1/certifications?page=2', '/healthz', '/readyz', '/metrics']
const server = createServer(createListener({}, true))
let port: number

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => void server.close())

async function ask(path: string, host = 'localhost') {
  const sent = request({ port, host: '127.0.0.1', path, headers: { host }, agent: false }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: response.statusCode, headers: response.headers, text: await text(response) }
}

describe('while the server starts', () => {
  test.each(ADDRESSES)('%s answers 503 with a problem document', async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBe(503)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'retry-after': '1',
    })
    expect(JSON.parse(answer.text)).toEqual({
      type: '/api-docs#not_serving',
      title: 'The server is starting or stopping',
      status: 503,
      detail: 'The server is starting. Nothing was stored. Try again in a moment.',
      instance: path.split('?')[0],
      code: 'not_serving',
      request_id: answer.headers['x-request-id'],
    })
  })

  test('a page answers with a sentence', async () => {
    const answer = await ask('/certifications')
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1' },
      text: 'The server is starting. Nothing was stored. Try again in a moment.\n',
    })
  })
})

describe('to the name of another machine', () => {
  test.each(ADDRESSES)('%s answers 403 with a problem document', async (path) => {
    const answer = await ask(path, 'evil.example')
    expect([answer.status, answer.headers['content-type']]).toEqual([403, 'application/problem+json'])
    expect(JSON.parse(answer.text)).toEqual({
      type: '/api-docs#forbidden',
      title: 'This is not allowed',
      status: 403,
      detail: 'This server answers only to localhost, 127.0.0.1 and [::1].',
      instance: path.split('?')[0],
      code: 'forbidden',
      request_id: answer.headers['x-request-id'],
    })
  })

  test('a page answers with a sentence', async () => {
    expect(await ask('/', 'evil.example')).toMatchObject({
      status: 403,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      text: 'This server answers only to localhost, 127.0.0.1 and [::1].\n',
    })
  })
})
