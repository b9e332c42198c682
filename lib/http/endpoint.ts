import 'server-only'
import type { ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { Answer, Call, Replayable } from '@/lib/call'
import { type Db, pool, type Tx } from '@/lib/db'
import type { ErrorCode } from '@/lib/errors'
import { answerRequest } from './answer'
import type { EventSink } from './event-stream'

type Schema = z.ZodType
type NoParams = Record<string, never>

/** One endpoint as a declaration: it validates by these schemas, and the OpenAPI document is made of them. */
export interface Declaration {
  readonly summary: string
  readonly description?: string
  readonly params?: Schema
  readonly query?: Schema
  readonly body?: Schema
  readonly bodyOptional?: boolean
  readonly bodyLimit?: number
  /**
   * A list in the body whose items are judged one by one, and come as `{ read }` or, as they were sent, as `{ unread }`:
   * what cannot be stored in one of them, or under strict handling is not known, is the endpoint's to refuse.
   */
  readonly judges?: string
  /** Reads `X-Client-Time`. */
  readonly clientClock?: boolean
  readonly response: Schema
  readonly status?: 200 | 201 | 202
  /** The 404 for a parameter that names nothing, whatever its form. */
  readonly notFound?: ErrorCode
  /** Codes beyond those that any endpoint may answer with. */
  readonly errors?: readonly ErrorCode[]
}

export interface Input<D extends Declaration> {
  readonly params: D['params'] extends Schema ? z.output<D['params']> : NoParams
  readonly query: D['query'] extends Schema ? z.output<D['query']> : NoParams
  readonly body: D['body'] extends Schema ? z.output<D['body']> : undefined
}

type Body<D extends Declaration> = z.input<D['response']>

type Opener = (call: Call, input: never, lastEventId: string | null) => Promise<(sink: EventSink) => Promise<void>>

/** Opens the stream of a read's states; `readAnew` answers the body as text, as it is at that moment. */
type Follower = (
  call: Call,
  input: never,
  readAnew: () => Promise<string>,
) => Promise<(sink: EventSink) => Promise<void>>

export type Endpoint =
  | {
      readonly kind: 'read' | 'write' | 'work'
      readonly declaration: Declaration
      readonly run: (db: Db, call: Call, input: never, replay: Replayable | null) => Promise<Answer<unknown>>
      readonly follow?: Follower
    }
  | { readonly kind: 'stream'; readonly declaration: Declaration; readonly open: Opener }

/**
 * A GET: reads from the pool, answers with an entity tag and a `Changes-Cursor`. With `follow`, a reader that accepts
 * `text/event-stream` gets what it answers as events, now and whenever it is another.
 */
export function read<const D extends Declaration>(
  declaration: D,
  run: (db: Db, call: Call, input: Input<D>) => Promise<Answer<Body<D>>>,
  follow?: (
    call: Call,
    input: Input<D>,
    readAnew: () => Promise<string>,
  ) => Promise<(sink: EventSink) => Promise<void>>,
): Endpoint {
  return { kind: 'read', declaration, run, ...(follow && { follow: follow as Follower }) }
}

/** A POST, PUT or DELETE in one transaction: the change, its log rows and the kept answer, or nothing. */
export function write<const D extends Declaration>(
  declaration: D,
  run: (tx: Tx, call: Call, input: Input<D>) => Promise<Answer<Body<D>>>,
): Endpoint {
  return { kind: 'write', declaration, run: run as never }
}

/** A POST whose work takes several transactions: it opens them itself and keeps its answer in the last. */
export function work<const D extends Declaration>(
  declaration: D,
  run: (db: Db, call: Call, input: Input<D>, replay: Replayable | null) => Promise<Answer<Body<D>>>,
): Endpoint {
  return { kind: 'work', declaration, run }
}

/**
 * A GET that sends Server-Sent Events: what `open` rejects with is answered as a problem, what it resolves to then sends
 * until the reader leaves. `response` is the schema of an event's data.
 */
export function stream<const D extends Declaration>(
  declaration: D,
  open: (call: Call, input: Input<D>, lastEventId: string | null) => Promise<(sink: EventSink) => Promise<void>>,
): Endpoint {
  return { kind: 'stream', declaration, open: open as unknown as Opener }
}

export interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>
  /** Where our own server sends its answer; absent where somebody else does. */
  outgoing?: ServerResponse | undefined
}
export interface Handler {
  (request: Request, context: RouteContext): Promise<Response>
  /** What the handler was made of; absent on answers that every address gives by itself (405, OPTIONS). */
  readonly endpoint?: Endpoint
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]

/** The handlers of one address for all methods: those it has, HEAD and OPTIONS, and 405 with `Allow` for the rest. */
export function resource(
  endpoints: Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Endpoint>>,
): Record<Method, Handler> {
  const allowed = METHODS.filter(
    (method) => method === 'OPTIONS' || (method === 'HEAD' ? endpoints.GET : endpoints[method as 'GET']),
  )
  const allow = allowed.join(', ')
  const handlers = METHODS.map((method): [Method, Handler] => {
    const endpoint = endpoints[(method === 'HEAD' ? 'GET' : method) as 'GET']
    const handler = (request: Request, context: RouteContext) =>
      answerRequest(request, context, { method, allow, endpoint: endpoint ?? null, db: pool })
    return [method, endpoint && method !== 'HEAD' ? Object.assign(handler, { endpoint }) : handler]
  })
  return Object.fromEntries(handlers) as Record<Method, Handler>
}
