import { z } from 'zod'
import type { ZodOpenApiResponsesObject } from 'zod-openapi'
import { ERRORS, type ErrorCode } from '@/lib/errors'
import type { Endpoint } from '@/lib/http/endpoint'
import { headerRef } from './headers'

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]

/** RFC 9457. Some codes bring further members. */
export const problem = z
  .looseObject({
    type: z.string().meta({ description: 'Leads to the code in the reference.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened, what was kept and what to do, in a sentence for people.' }),
    instance: z.string(),
    code: z.enum(codes).meta({ description: 'Stable: for programs.' }),
    request_id: z.string(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().meta({ description: "A JSON Pointer into the body, or the parameter's name." }),
          message: z.string(),
        }),
      )
      .optional(),
  })
  .meta({
    examples: [
      {
        type: '/api-docs#mentor_not_found',
        title: ERRORS.mentor_not_found[1],
        status: 404,
        detail: 'There is no mentor mntr_01HX4V2K8P.',
        instance: '/api/v1/peer-mentor-bloc/mntr_01HX4V2K8P',
        code: 'mentor_not_found',
        request_id: '0b6d9c1e-3f5a-4f0e-9a51-6f1f8a0f7c11',
      },
    ],
  })

/** Every code that an endpoint can answer with. */
export function errorCodesOf({ kind, declaration }: Endpoint): ErrorCode[] {
  const writes: ErrorCode[] = ['forbidden', 'idempotency_key_in_use', 'body_too_large', 'idempotency_key_reused']
  return [
    'invalid_request',
    ...(declaration.body ? (['invalid_json', 'unsupported_media_type'] as const) : []),
    ...(declaration.notFound ? [declaration.notFound] : []),
    ...(kind === 'read' || kind === 'stream' ? [] : writes),
    ...(declaration.errors ?? []),
    'too_many_requests',
    'internal_error',
    'database_unavailable',
    'not_serving',
  ]
}

const WITH_RETRY = new Set([409, 429, 503])

/** One response for each status, its problem document narrowed to the codes that it can carry. */
export function errorResponses(given: readonly ErrorCode[]): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set(given)) byStatus.set(ERRORS[code][0], [...(byStatus.get(ERRORS[code][0]) ?? []), code])
  const responses: ZodOpenApiResponsesObject = {}
  for (const [status, found] of byStatus) {
    responses[`${status}` as '400'] = {
      description: found.map((code) => `\`${code}\`: ${ERRORS[code][1]}.`).join('\n'),
      ...(WITH_RETRY.has(status) && { headers: { 'Retry-After': headerRef('RetryAfter') } }),
      content: {
        'application/problem+json': {
          schema: {
            allOf: [{ $ref: '#/components/schemas/Problem' }],
            properties: { status: { const: status }, code: { enum: found } },
          },
        },
      },
    }
  }
  return responses
}
