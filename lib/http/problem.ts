import { type AppError, ERRORS, toAppError } from '@/lib/errors'
import { log } from '@/lib/log'

/** Any thrown thing as a problem document (RFC 9457). Faults of ours are logged whole, the caller's only in passing. */
export function problemResponse(
  thrown: unknown,
  request: { method: string; path: string; requestId: string },
): Response {
  const error = toAppError(thrown)
  const [status, title] = ERRORS[error.code]
  const line = { request_id: request.requestId, method: request.method, path: request.path, code: error.code }
  if (status === 500) log.error({ ...line, err: thrown }, 'request failed')
  else if (status === 503) log.warn({ ...line, err: error.cause }, 'request turned away')
  else log.debug(line, 'request refused')
  return new Response(JSON.stringify(problemDocument(error, title, status, request)), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': request.requestId,
      ...error.options.headers,
    },
  })
}

function problemDocument(
  error: AppError,
  title: string,
  status: number,
  request: { path: string; requestId: string },
): Record<string, unknown> {
  return {
    type: `/api-docs#${error.code}`,
    title,
    status,
    detail: error.message,
    instance: request.path,
    code: error.code,
    request_id: request.requestId,
    ...error.options.members,
    ...(error.options.errors && { errors: error.options.errors }),
  }
}
