import 'server-only'
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { runInBackground } from '@/lib/background'
import type { Answer, Call, Replayable } from '@/lib/call'
import { readClock } from '@/lib/clock'
import { currentCursor } from '@/lib/cursor'
import { type Db, transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { metrics } from '@/lib/metrics'
import { asksForEvents } from './accept'
import { currentCaller, refuseForeignPages } from './caller'
import { readClientTime } from './client-time'
import type { Endpoint, RouteContext } from './endpoint'
import { entityTag, matchVersions, noneMatch } from './etag'
import { type EventSink, sendEvents, streamEvents } from './event-stream'
import { findKept, hashRequest, type KeptAnswer, keepAnswer, readIdempotencyKey, takeKey } from './idempotency'
import { type ParsedInput, parseInput } from './input'
import { shortPath } from './path'
import { problemResponse } from './problem'
import { BODY_LIMIT, readBody, requireJson } from './request'

interface Target {
  method: string
  allow: string
  endpoint: Endpoint | null
  db: () => Db
}

/** Answers one request; never rejects: whatever goes wrong becomes a problem document. */
export async function answerRequest(request: Request, context: RouteContext, target: Target): Promise<Response> {
  const started = performance.now()
  const url = request.url
  const search = url.indexOf('?')
  const pathStart = url.indexOf('/', url.indexOf('://') + 3)
  const path = shortPath(search === -1 ? url.slice(pathStart) : url.slice(pathStart, search))
  const at = { method: target.method, path, requestId: requestIdOf(request) }
  let response: Response
  let route = '*'
  try {
    const params = (await context.params) ?? {} // Next gives none to an address without parameters
    route = routeOf(path, params)
    // Hono asks the handler of GET for HEAD as well
    const outgoing = request.method === 'HEAD' ? undefined : context.outgoing
    response = await dispatch(request, at, params, search === -1 ? '' : url.slice(search + 1), target, outgoing)
  } catch (error) {
    response = problemResponse(error, at)
  }
  metrics.requests.inc({ method: at.method, route, status: response.status })
  metrics.duration.observe({ method: at.method, route }, (performance.now() - started) / 1000)
  if (request.method !== 'HEAD') return response
  await response.body?.cancel()
  return new Response(null, { status: response.status, headers: response.headers })
}

function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given !== null && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID()
}

/** The address with its parameters by name, for the metrics: an address that does not come apart must not make a series of its own. */
function routeOf(path: string, params: Record<string, string | string[] | undefined>): string {
  const segments = path.split('/')
  for (const [name, value] of Object.entries(params)) {
    const at = segments.findIndex((segment) => segment === value || segment === encodeURIComponent(String(value)))
    if (typeof value !== 'string' || at === -1) return '*'
    segments[at] = `:${name}`
  }
  return segments.join('/')
}

interface At {
  method: string
  path: string
  requestId: string
}

async function dispatch(
  request: Request,
  at: At,
  params: Record<string, string | string[] | undefined>,
  search: string,
  target: Target,
  outgoing: ServerResponse | undefined,
): Promise<Response> {
  const { endpoint } = target
  if (at.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow: target.allow } })
  if (!endpoint) {
    throw new AppError('method_not_allowed', `${at.path} knows ${target.allow}.`, { headers: { allow: target.allow } })
  }
  const caller = currentCaller()
  const now = readClock()
  const clientTime = endpoint.declaration.clientClock ? readClientTime(request) : null
  const callOf = (afterCommit: Call['afterCommit']): Call => ({
    caller,
    now,
    requestId: at.requestId,
    ifMatch: matchVersions(request.headers.get('if-match')),
    clientTime,
    language: request.headers.get('accept-language'),
    afterCommit,
  })
  if (endpoint.kind === 'stream') {
    const input = parseInput(endpoint.declaration, request, params, search, null)
    const lastEventId = request.headers.get('last-event-id')
    const send = await endpoint.open(callOf(refuseAfterCommit), input.values as never, lastEventId)
    return streamResponse(at, send, input, outgoing)
  }
  if (endpoint.kind === 'read') {
    const input = parseInput(endpoint.declaration, request, params, search, null)
    if (endpoint.follow) input.headers.vary = 'Accept'
    if (endpoint.follow && asksForEvents(request.headers.get('accept'))) {
      const readAnew = async () => {
        const call = { ...callOf(refuseAfterCommit), now: readClock() }
        return bodyText(endpoint, await endpoint.run(target.db(), call, input.values as never, null))
      }
      const send = await endpoint.follow(callOf(refuseAfterCommit), input.values as never, readAnew)
      return streamResponse(at, send, input, outgoing)
    }
    const cursor = await currentCursor()
    const answer = await endpoint.run(target.db(), callOf(refuseAfterCommit), input.values as never, null)
    return readResponse(request, at, endpoint, answer, { ...input.headers, 'changes-cursor': cursor })
  }
  refuseForeignPages(request)
  const bytes = await readBody(request, endpoint.declaration.bodyLimit ?? BODY_LIMIT)
  if (endpoint.declaration.body) requireJson(request)
  const input = parseInput(endpoint.declaration, request, params, search, bytes)
  const key = readIdempotencyKey(request)
  const hash = key === null ? '' : hashRequest(at.method, search === '' ? at.path : `${at.path}?${search}`, bytes)
  const later: [string, () => Promise<void>][] = []
  const call = callOf((name, work) => later.push([name, work]))
  const kept =
    endpoint.kind === 'write'
      ? await transaction(async (tx) => {
          later.length = 0
          if (key !== null) {
            await takeKey(tx, caller, key)
            const earlier = await findKept(tx, caller, key, hash)
            if (earlier) return replayed(earlier)
          }
          const answer = toKept(endpoint, await endpoint.run(tx, call, input.values as never, null), input)
          if (key !== null) await keepAnswer(tx, caller, key, hash, answer, now)
          return answer
        })
      : await runWork(endpoint, call, input, target.db(), key, hash)
  for (const [name, work] of later) runInBackground(name, work)
  return new Response(kept.body, { status: kept.status, headers: { ...kept.headers, 'x-request-id': at.requestId } })
}

async function runWork(
  endpoint: Exclude<Endpoint, { kind: 'stream' }>,
  call: Call,
  input: ParsedInput,
  db: Db,
  key: string | null,
  hash: string,
): Promise<KeptAnswer> {
  const earlier = key === null ? null : await findKept(db, call.caller, key, hash)
  if (earlier) return replayed(earlier)
  const replay: Replayable | null =
    key === null
      ? null
      : {
          key,
          requestHash: hash,
          keep: (tx, answer) => keepAnswer(tx, call.caller, key, hash, toKept(endpoint, answer, input), call.now),
        }
  const answer = await endpoint.run(db, call, input.values as never, replay)
  const kept = toKept(endpoint, answer, input)
  return answer.replayed ? replayed(kept) : kept
}

function streamResponse(
  at: At,
  send: (sink: EventSink) => Promise<void>,
  input: ParsedInput,
  outgoing: ServerResponse | undefined,
): Response {
  const headers = {
    'content-type': 'text/event-stream',
    // proxies are asked not to collect what they pass on
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': at.requestId,
    ...input.headers,
  }
  if (!outgoing) return new Response(streamEvents(send), { headers })
  sendEvents(outgoing.writeHead(200, headers), send)
  return RESPONSE_ALREADY_SENT
}

function refuseAfterCommit(): never {
  throw new Error('a read commits nothing')
}

function replayed(kept: KeptAnswer): KeptAnswer {
  return { ...kept, headers: { ...kept.headers, 'idempotent-replayed': 'true' } }
}

function bodyText(endpoint: Endpoint, answer: Answer<unknown>): string {
  // outside of production every answer is held against its own schema: the contract is exact
  const body = process.env.NODE_ENV === 'production' ? answer.body : endpoint.declaration.response.parse(answer.body)
  return JSON.stringify(body)
}

function toKept(endpoint: Endpoint, answer: Answer<unknown>, input: ParsedInput): KeptAnswer {
  const body = bodyText(endpoint, answer)
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...input.headers,
  }
  if (answer.version !== undefined) headers.etag = entityTag(answer.version, body)
  return { status: endpoint.declaration.status ?? 200, headers, body }
}

function readResponse(
  request: Request,
  at: At,
  endpoint: Endpoint,
  answer: Answer<unknown>,
  extra: Record<string, string>,
): Response {
  const body = bodyText(endpoint, answer)
  const etag = entityTag(answer.version, body)
  const headers = { 'cache-control': 'private, no-cache', etag, 'x-request-id': at.requestId, ...extra }
  if (!noneMatch(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { 'content-type': 'application/json', ...headers } })
}
