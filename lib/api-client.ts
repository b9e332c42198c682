import type { InvalidInput } from './errors'

/** A refusal of the API, or no answer at all. `code` chooses the words that a person reads (`messages/*.json`, `problems`). */
export class ApiProblem extends Error {
  readonly code: string
  /** 0 where no answer came. */
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly errors: readonly InvalidInput[]
  readonly requestId: string | null
  /** The whole document: some codes carry members of their own. */
  readonly document: Readonly<Record<string, unknown>>

  constructor(code: string, status: number, document: Record<string, unknown> = {}, cause?: unknown) {
    const detail = textOf(document.detail) ?? textOf(document.title) ?? code
    super(detail, cause === undefined ? undefined : { cause })
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
    this.title = textOf(document.title) ?? code
    this.detail = detail
    this.errors = Array.isArray(document.errors) ? document.errors : []
    this.requestId = textOf(document.request_id)
    this.document = document
  }
}

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  /** The ETag that was read: a change by somebody else meanwhile is refused (412). */
  ifMatch?: string
  /** Give the same key to a repetition that a person asks for; repetitions made here share one by themselves. */
  idempotencyKey?: string
  signal?: AbortSignal
}

interface Reply<Body> {
  readonly body: Body
  readonly etag: string | null
}

const ATTEMPTS = 3
/** So long after a write its own answer is still being shown, in milliseconds. */
const SETTLES = 500
let writing = 0
let written = Number.NEGATIVE_INFINITY

/** Whether something is being written here, or has just been: what was read before knows nothing of it. */
export function isWriting(): boolean {
  return writing > 0 || performance.now() - written < SETTLES
}

/** The window's event when a call got no answer; it may be repeated yet. */
export const CONTACT_LOST = 'contact-lost'

/**
 * Calls our own API, strictly (unknown keys and parameters are refused). A write that got no answer, or a 503, is
 * repeated under the same idempotency key, so that it happens once. Throws ApiProblem: the server's code, `network`
 * where no answer came, `unreadable` where it was no answer of the API; an aborted call throws the abort.
 * `Body` is the answer's type in the area's schema. It is not checked a second time here: the API checks it in its tests,
 * and the schemas are a third of what a screen's scripts may weigh. Import types of a schema only, in whatever a browser runs.
 */
export async function callApi<Body>(path: `/api/v1/${string}`, call: Call = {}): Promise<Reply<Body>> {
  const { method = 'GET', body, ifMatch, signal } = call
  const headers = new Headers({ accept: 'application/json', prefer: 'handling=strict' })
  // sentences for people come in the language chosen here, which need not be the browser's
  headers.set('accept-language', document.documentElement.lang)
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (ifMatch !== undefined) headers.set('if-match', ifMatch)
  if (method !== 'GET') headers.set('idempotency-key', call.idempotencyKey ?? newIdempotencyKey())
  const request: RequestInit = { method, headers, cache: 'no-store' }
  if (body !== undefined) request.body = JSON.stringify(body)
  if (signal) request.signal = signal

  if (method === 'GET') return sendRepeatedly<Body>(path, request, call)
  writing++
  try {
    return await sendRepeatedly<Body>(path, request, call)
  } finally {
    writing--
    written = performance.now()
  }
}

async function sendRepeatedly<Body>(path: string, request: RequestInit, call: Call): Promise<Reply<Body>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send<Body>(path, request, call)
    } catch (error) {
      if (!(error instanceof ApiProblem) || !mayRepeat(error) || attempt === ATTEMPTS) throw error
      await pause(attempt * 600, call.signal)
    }
  }
}

async function send<Body>(path: string, request: RequestInit, call: Call): Promise<Reply<Body>> {
  let status = 0
  let text: string
  let etag: string | null
  try {
    const response = await fetch(path, request)
    status = response.status
    etag = response.headers.get('etag')
    text = await response.text()
  } catch (error) {
    call.signal?.throwIfAborted()
    dispatchEvent(new Event(CONTACT_LOST))
    throw new ApiProblem('network', 0, {}, error)
  }
  let document: unknown
  try {
    document = JSON.parse(text)
    if (status < 400) return { body: document as Body, etag }
  } catch (error) {
    throw new ApiProblem(codeOf(status), status, {}, error)
  }
  const problem = typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {}
  throw new ApiProblem(textOf(problem.code) ?? codeOf(status), status, problem)
}

/** Of an answer that is none of ours: something in front of the server may ask for a sign-in, or stand there alone. */
function codeOf(status: number): string {
  if (status === 401) return 'signed_out'
  if (status === 403) return 'forbidden'
  return status >= 502 && status <= 504 ? 'not_serving' : 'unreadable'
}

function mayRepeat(problem: ApiProblem): boolean {
  return problem.code === 'network' || problem.code === 'idempotency_key_in_use' || problem.status === 503
}

/** `randomUUID` exists in secure contexts only, and an organisation's own network may serve plain http. */
export function newIdempotencyKey(): string {
  const source: Partial<Crypto> & Pick<Crypto, 'getRandomValues'> = crypto
  const bytes = () =>
    Array.from(source.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'))
  return source.randomUUID?.() ?? bytes().join('')
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    setTimeout(resolve, milliseconds)
  })
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
