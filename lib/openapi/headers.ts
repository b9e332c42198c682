import type { ZodOpenApiHeadersObject } from 'zod-openapi'
import type { Endpoint } from '@/lib/http/endpoint'

const text = { type: 'string' } as const

/** Headers that requests may carry, as shared parameters of the document. */
export const requestHeaders = {
  ClientTime: {
    name: 'X-Client-Time',
    in: 'header',
    description:
      'The sender’s own clock at the moment of sending, with an offset; a retry says its own. Where it is more than 30 seconds from the server’s, the time of each event is taken without that difference: both times are kept and shown. Without the header the times count as they are.',
    schema: { type: 'string', format: 'date-time' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'The same key with the same request returns the first answer again, byte for byte, for at least 24 hours; with another request it is 422.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The `ETag` that was read: 412 if the record was written since. A status that moves with the clock is no write.',
    schema: text,
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'An `ETag`: 304 without a body while the whole answer is the same.',
    schema: text,
  },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'The `id` of the last event that was received: the stream goes on after it, whatever `since` says.',
    schema: text,
  },
  Prefer: {
    name: 'Prefer',
    in: 'header',
    description: '`handling=strict` (RFC 7240): unknown parameters and keys are 400 instead of ignored.',
    schema: text,
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    description: 'Comes back, and stands in the logs. Made up where absent.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,64}$' },
  },
} as const

/** Headers that answers carry, as shared headers of the document. */
export const responseHeaders = {
  ETag: { description: 'Strong, of two parts: `version.hash`. The version moves with writes only.', schema: text },
  ChangesCursor: {
    description: 'A position in `/api/v1/changes`: reading from there on misses nothing that came after this answer.',
    schema: text,
  },
  XIgnored: {
    description:
      'Parameters and keys that were not known and were ignored, percent-encoded; one inside of a list as a JSON Pointer.',
    schema: text,
  },
  XRequestId: { description: 'Names the request in the logs.', schema: text },
  IdempotentReplayed: { description: '`true` where an earlier answer is returned again.', schema: { const: 'true' } },
  PreferenceApplied: { description: '`handling=strict` where that was asked for.', schema: text },
  RetryAfter: { description: 'Seconds to wait before the next try.', schema: { type: 'integer' } },
} as const

export function headerRef(name: keyof typeof responseHeaders) {
  return { $ref: `#/components/headers/${name}` } as const
}

export function parameterRef(name: keyof typeof requestHeaders) {
  return { $ref: `#/components/parameters/${name}` } as const
}

/** Headers of a success answer of this kind of endpoint. */
export function successHeaders(kind: Endpoint['kind'], tagged: boolean): ZodOpenApiHeadersObject {
  return {
    ...(tagged && { ETag: headerRef('ETag') }),
    ...(kind === 'read' && { 'Changes-Cursor': headerRef('ChangesCursor') }),
    ...((kind === 'write' || kind === 'work') && { 'Idempotent-Replayed': headerRef('IdempotentReplayed') }),
    'X-Ignored': headerRef('XIgnored'),
    'Preference-Applied': headerRef('PreferenceApplied'),
    'X-Request-Id': headerRef('XRequestId'),
  }
}
