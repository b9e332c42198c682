import { type AppError, ERRORS, toAppError } from '@/lib/errors'
import { log } from '@/lib/log'

interface At {
  method: string
  path: string
  requestId: string
}

/** Any thrown thing as a problem document (RFC 9457). Faults of ours are logged whole, the caller's only in passing. */
export function problemResponse(thrown: unknown, request: At): Response {
  const error = toAppError(thrown)
  const [status] = ERRORS[error.code]
  const line = { request_id: request.requestId, method: request.method, path: request.path, code: error.code }
  if (status === 500) log.error({ ...line, err: thrown }, 'request failed')
  else if (status === 503) log.warn({ ...line, err: error.cause }, 'request turned away')
  else log.debug(line, 'request refused')
  const { body, headers } = problemOf(error, request)
  return new Response(body, { status, headers })
}

/** The parts of the answer, for whoever answers without a `Response`. */
export function problemOf(error: AppError, { path, requestId }: Pick<At, 'path' | 'requestId'>) {
  const [status, title] = ERRORS[error.code]
  const document = {
    type: `/api-docs#${error.code}`,
    title,
    status,
    detail: error.message,
    instance: path,
    code: error.code,
    request_id: requestId,
    ...error.options.members,
    ...(error.options.errors && { errors: error.options.errors }),
  }
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
    ...error.options.headers,
  }
  return { status, headers, body: JSON.stringify(document) }
}
