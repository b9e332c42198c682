/** Every error code of the API with its status and title. Codes are stable: programs depend on them. */
export const ERRORS = {
  invalid_request: [400, 'The request is not valid'],
  invalid_json: [400, 'The body is not valid JSON'],
  forbidden: [403, 'This is not allowed'],
  not_found: [404, 'There is nothing at this address'],
  mentor_not_found: [404, 'No such mentor'],
  certification_not_found: [404, 'No such certification'],
  snooze_not_found: [404, 'The warning is not snoozed'],
  event_not_found: [404, 'No such event'],
  activity_not_found: [404, 'No such activity'],
  plan_not_found: [404, 'No such plan'],
  batch_not_found: [404, 'No such batch'],
  receipt_not_found: [404, 'No such receipt'],
  pair_not_found: [404, 'No such pair'],
  method_not_allowed: [405, 'This address does not know this method'],
  certification_not_current: [409, 'The certification is not the current one'],
  conflict: [409, 'This conflicts with the present state'],
  transition_not_allowed: [409, 'The state does not allow this'],
  resolution_required: [409, 'A resolution has to be chosen'],
  already_resolved: [409, 'Somebody else has already decided'],
  review_moved_on: [409, 'What was reviewed has changed since'],
  activity_moved_on: [409, 'The activity has been changed since'],
  changed_by_batch: [409, 'An earlier row of the batch changes what this one is about'],
  batch_not_ended: [409, 'The batch has not ended'],
  expiry_job_running: [409, 'The expiry job is running'],
  plan_outdated: [409, 'The plan is not what would be carried out now'],
  idempotency_key_in_use: [409, 'The first request with this key is still running'],
  list_outdated: [409, 'The list has to be read again'],
  acknowledged_by_app: [409, 'The app acknowledges this event'],
  reload_required: [410, 'The cursor no longer leads here'],
  precondition_failed: [412, 'The record has been changed since it was read'],
  body_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'The body must be JSON'],
  idempotency_key_reused: [422, 'This idempotency key belongs to another request'],
  too_many_requests: [429, 'Too many requests'],
  internal_error: [500, 'Something went wrong on our side'],
  database_unavailable: [503, 'The database is away'],
  not_serving: [503, 'The server is starting or stopping'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorCode = keyof typeof ERRORS

/** `pointer` is a JSON Pointer into the body, or the name of a parameter. */
export interface InvalidInput {
  readonly pointer: string
  readonly message: string
}

interface Options {
  errors?: InvalidInput[]
  headers?: Record<string, string>
  /** Further members of the problem document (RFC 9457, 3.2). */
  members?: Record<string, unknown>
  cause?: unknown
}

/** An outcome for the edge: `detail` is a sentence for people. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly options: Options

  constructor(code: ErrorCode, detail: string, options: Options = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.options = options
  }

  get status(): number {
    return ERRORS[this.code][0]
  }
}

/** 400 that names one place in the request. */
export function invalid(pointer: string, message: string): AppError {
  return new AppError('invalid_request', message, { errors: [{ pointer, message }] })
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const AWAY = /^(08...|57P0[123]|53300|57014|25P03|55P03)$/
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT'])
const AWAY_MESSAGE =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Cannot use a pool after calling end|server closed the connection|not queryable/

/** The one place where the database's errors become ours. Anything unknown is an internal error: a bug to be mended. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code, message, constraint } = error as { code?: unknown; message?: unknown; constraint?: unknown }
  const state = typeof code === 'string' ? code : ''
  if (AWAY.test(state) || NETWORK.has(state) || AWAY_MESSAGE.test(String(message))) {
    return new AppError(
      'database_unavailable',
      'The database does not answer at the moment. Nothing was stored. Try again in a moment.',
      {
        headers: { 'retry-after': '2' },
        cause: error,
      },
    )
  }
  if (state === '23505') {
    return new AppError(
      'conflict',
      `Another record already holds this value (${String(constraint)}). Nothing was stored.`,
      { cause: error },
    )
  }
  if (state.startsWith('22') || state === '23514') {
    return new AppError('invalid_request', 'A value lies outside of what can be stored. Nothing was stored.', {
      cause: error,
    })
  }
  return new AppError('internal_error', 'The fault is logged under the request id. Nothing was stored.', {
    cause: error,
  })
}
