import { AppError, type InvalidInput, invalid } from '@/lib/errors'

export const BODY_LIMIT = 256 * 1024
const DEPTH_LIMIT = 64

/** The body's bytes. Throws 413 over the limit, without reading further. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = new AppError(
    'body_too_large',
    `The body may have up to ${limit / 1024} KiB. Nothing was stored; send it in smaller parts.`,
  )
  const announced = request.headers.get('content-length')
  if (announced !== null) {
    if (Number(announced) > limit) throw tooLarge
    return new Uint8Array(await request.arrayBuffer())
  }
  if (!request.body) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength
    if (size > limit) {
      await reader.cancel()
      throw tooLarge
    }
    parts.push(part.value)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** Throws 415 unless the body is JSON or says nothing about itself. */
export function requireJson(request: Request): void {
  const type = request.headers.get('content-type')
  const encoding = request.headers.get('content-encoding')
  if (type !== null && !/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type.trim())) {
    throw new AppError('unsupported_media_type', 'Send the body as application/json. Nothing was stored.')
  }
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    throw new AppError('unsupported_media_type', 'Send the body without a content encoding. Nothing was stored.')
  }
}

/**
 * Parses JSON text strictly: what PostgreSQL or a later reader could not hold unchanged is refused with 400. Below the key
 * `except` that is left to the caller.
 */
export function parseJson(bytes: Uint8Array, except?: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new AppError('invalid_json', 'The body is not JSON in UTF-8. Nothing was stored.', { cause })
  }
  requireStorable(except === undefined || !isObject(value) ? value : { ...value, [except]: null })
  return value
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Whether every text and number in `value` can be kept unchanged. */
export function isStorable(value: unknown): boolean {
  try {
    requireStorable(value)
    return true
  } catch {
    return false
  }
}

function requireStorable(root: unknown): void {
  const open: { value: unknown; pointer: string; depth: number }[] = [{ value: root, pointer: '', depth: 0 }]
  for (let item = open.pop(); item; item = open.pop()) {
    const { value, pointer, depth } = item
    if (typeof value === 'string') requireText(value, pointer)
    else if (typeof value === 'number' && !isKeptExactly(value))
      throw invalid(pointer, 'The number is too large to be kept exactly')
    else if (typeof value === 'object' && value !== null) {
      if (depth === DEPTH_LIMIT) throw invalid('', `The body is nested more than ${DEPTH_LIMIT} levels deep`)
      for (const [key, inner] of Object.entries(value)) {
        requireText(key, pointer)
        if (key === '__proto__') throw invalid(pointer, 'A key may not be called __proto__')
        open.push({ value: inner, pointer: `${pointer}/${escapePointer(key)}`, depth: depth + 1 })
      }
    }
  }
}

function isKeptExactly(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
}

// the `u` flag reads pairs as one character: what is left in this range stands alone
const UNSTORABLE = /[\0\ud800-\udfff]/u

/** Throws 400 on NUL characters and lone surrogates, which PostgreSQL cannot hold. */
export function requireText(text: string, pointer: string): void {
  if (UNSTORABLE.test(text))
    throw invalid(pointer, 'The text holds a character that cannot be stored (NUL or a lone surrogate)')
}

/** RFC 6901. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Query parameters as an object. A parameter given twice is 400: which one was meant cannot be told. */
export function parseQuery(search: string): Record<string, string> {
  const query: Record<string, string> = {}
  if (search === '' || search === '?') return query
  const twice: InvalidInput[] = []
  for (const [name, value] of new URLSearchParams(search)) {
    requireText(name, name)
    requireText(value, name)
    if (Object.hasOwn(query, name)) twice.push({ pointer: name, message: 'The parameter is given twice' })
    Object.defineProperty(query, name, { value, enumerable: true, configurable: true, writable: true })
  }
  if (twice[0]) throw new AppError('invalid_request', `${twice[0].pointer}: ${twice[0].message}`, { errors: twice })
  return query
}
