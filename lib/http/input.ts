import type { z } from 'zod'
import { AppError, type InvalidInput } from '@/lib/errors'
import type { Declaration } from './endpoint'
import { escapePointer, parseJson, parseQuery } from './request'

export interface ParsedInput {
  values: { params: unknown; query: unknown; body: unknown }
  /** `X-Ignored` where something was, `Preference-Applied` where asked for; `Vary` where the answer has several forms. */
  headers: Record<string, string>
}

/** Parses all parts of a request by the endpoint's schemas; throws 404 for parameters, 400 for the rest. */
export function parseInput(
  declaration: Declaration,
  request: Request,
  rawParams: Record<string, unknown>,
  search: string,
  bytes: Uint8Array | null,
): ParsedInput {
  const params = declaration.params?.safeParse(rawParams)
  if (params && !params.success)
    throw new AppError(declaration.notFound ?? 'not_found', 'The id in the address names nothing.')
  const rawQuery = parseQuery(search)
  const query = declaration.query ? parsePart(declaration.query, rawQuery, (path) => String(path[0])) : {}
  const rawBody = declaration.body && bytes ? readJson(bytes, declaration) : undefined
  const body = declaration.body && rawBody !== undefined ? parsePart(declaration.body, rawBody, pointerOf) : undefined
  const strict = isStrict(request)
  const inItems = unknownInItems(rawBody, body, declaration.judges)
  const isJudged = ({ list }: UnknownInItem) => strict && list === declaration.judges
  for (const one of inItems.filter(isJudged)) leaveUnread(body, rawBody, one)
  const ignored = [
    ...unknownKeys(rawQuery, query).map((name) => ({ name, pointer: name })),
    ...unknownKeys(rawBody, body).map((name) => ({ name, pointer: `/${escapePointer(name)}` })),
    ...inItems
      .filter((one) => !isJudged(one))
      .map(({ list, index, key }) => pointerOf([list, index, key]))
      .map((pointer) => ({ name: pointer, pointer })),
  ]
  return { values: { params: params?.data ?? {}, query, body }, headers: preferenceHeaders(strict, ignored) }
}

function readJson(bytes: Uint8Array, declaration: Declaration): unknown {
  if (bytes.byteLength > 0) return parseJson(bytes, declaration.judges)
  if (declaration.bodyOptional) return {}
  throw new AppError('invalid_request', 'A JSON body is required. Nothing was stored.', {
    errors: [{ pointer: '', message: 'A JSON body is required' }],
  })
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${escapePointer(String(key))}`).join('')
}

function parsePart(schema: z.ZodType, raw: unknown, pointer: (path: readonly PropertyKey[]) => string): unknown {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  const errors = result.error.issues
    .slice(0, 50)
    .map((issue): InvalidInput => ({ pointer: pointer(issue.path), message: issue.message }))
  const where = errors[0]?.pointer ? `${errors[0].pointer}: ` : ''
  throw new AppError('invalid_request', `${where}${errors[0]?.message ?? 'Not valid'}. Nothing was stored.`, { errors })
}

/** Schemas keep every key they know, so what is missing after parsing was not known. */
function unknownKeys(raw: unknown, parsed: unknown): string[] {
  if (!isRecord(raw) || !isRecord(parsed)) return []
  return Object.keys(raw).filter((key) => !Object.hasOwn(parsed, key))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

interface UnknownInItem {
  readonly list: string
  readonly index: number
  readonly key: string
}

/** The same of the objects in the lists of a body; in the list that its endpoint judges, of those that could be read. */
function unknownInItems(raw: unknown, parsed: unknown, judges: string | undefined): UnknownInItem[] {
  if (!isRecord(raw) || !isRecord(parsed)) return []
  return Object.entries(parsed).flatMap(([list, items]) => {
    const sent = raw[list]
    if (!Array.isArray(items) || !Array.isArray(sent)) return []
    return items.flatMap((item, index) =>
      unknownKeys(sent[index], list === judges ? item.read : item).map((key) => ({ list, index, key })),
    )
  })
}

/** Leaves it to the endpoint to refuse an item as it was sent. */
function leaveUnread(body: unknown, raw: unknown, { list, index }: UnknownInItem): void {
  const [items, sent] = [body, raw].map((part) => (part as Record<string, unknown[]>)[list] ?? [])
  items?.splice(index, 1, { unread: sent?.[index] })
}

// An answer whose headers a client cannot take in would be lost, and with it the news of what was stored.
const NAMES = 20
const NAME_LENGTH = 64

function isStrict(request: Request): boolean {
  return /(?:^|[,;\s])handling\s*=\s*"?strict\b/i.test(request.headers.get('prefer') ?? '')
}

/** `Prefer: handling=strict` (RFC 7240) turns ignored keys into 400; otherwise `X-Ignored` names them, long ones cut. */
function preferenceHeaders(strict: boolean, ignored: { name: string; pointer: string }[]): Record<string, string> {
  const names = ignored.slice(0, NAMES).map(({ name }) => [...name].slice(0, NAME_LENGTH).join(''))
  if (strict && ignored.length > 0) {
    throw new AppError('invalid_request', `Not known here: ${names.join(', ')}. Nothing was stored.`, {
      errors: ignored.slice(0, 50).map(({ pointer }) => ({ pointer, message: 'This key or parameter is not known' })),
    })
  }
  return {
    ...(strict && { 'preference-applied': 'handling=strict' }),
    ...(names.length > 0 && { 'x-ignored': names.map(encodeURIComponent).join(', ').replaceAll('%2F', '/') }),
  }
}
