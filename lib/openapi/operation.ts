import type { ZodOpenApiOperationObject } from 'zod-openapi'
import type { Endpoint } from '@/lib/http/endpoint'
import type { Operation } from './documented'
import { contractExample } from './examples'
import { parameterRef, successHeaders } from './headers'
import { errorCodesOf, errorResponses } from './problem'
import { tagOf } from './tags'

/** `GET /api/v1/certifications/:id` is `getCertificationsById`: stable for clients made from the document. */
export function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/api\/v1/, '')
    .split('/')
    .filter(Boolean)
    .flatMap((segment) => (segment.startsWith(':') ? ['by', ...segment.slice(1).split('_')] : segment.split(/[-.]/)))
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

/** An endpoint as the document shows it, from the very declaration that validates its requests. */
export function describeEndpoint(method: string, path: string, endpoint: Endpoint): ZodOpenApiOperationObject {
  const { kind, declaration } = endpoint
  const example = contractExample(method, path)
  const reads = kind === 'read' || kind === 'stream'
  const tagged = kind === 'read' || (!reads && method !== 'DELETE')
  return {
    operationId: operationId(method, path),
    tags: [tagOf(path)],
    summary: declaration.summary,
    ...(declaration.description && { description: declaration.description }),
    parameters: [
      parameterRef(kind === 'read' ? 'IfNoneMatch' : kind === 'stream' ? 'LastEventId' : 'IdempotencyKey'),
      ...(declaration.clientClock ? [parameterRef('ClientTime')] : []),
      ...(declaration.errors?.includes('precondition_failed') ? [parameterRef('IfMatch')] : []),
      parameterRef('Prefer'),
      parameterRef('RequestId'),
    ],
    requestParams: {
      ...(declaration.params && { path: declaration.params as never }),
      ...(declaration.query && { query: declaration.query as never }),
    },
    ...(declaration.body && {
      requestBody: {
        required: !declaration.bodyOptional,
        content: { 'application/json': { schema: declaration.body, ...exampleOf(example?.request) } },
      },
    }),
    responses: {
      [String(declaration.status ?? 200) as '200']: {
        description: 'Done.',
        headers: successHeaders(kind, tagged),
        content: {
          [kind === 'stream' ? 'text/event-stream' : 'application/json']: {
            schema: declaration.response,
            ...exampleOf(example?.response),
          },
          ...('follow' in endpoint && { 'text/event-stream': { schema: declaration.response } }),
        },
      },
      ...(kind === 'read' && { 304: { description: 'The answer is the one that `If-None-Match` names.' } }),
      ...errorResponses(errorCodesOf(endpoint)),
    },
  }
}

function exampleOf(value: unknown) {
  return value === undefined ? {} : { examples: { contract: { summary: 'As in the contract', value } } }
}

/** An operation that was described by hand. */
export function describeOperation(method: string, path: string, operation: Operation): ZodOpenApiOperationObject {
  const { parameters, ...rest } = operation
  return {
    operationId: operationId(method, path),
    tags: [tagOf(path)],
    ...rest,
    ...(parameters && { parameters: parameters.map((parameter) => ({ ...parameter, schema: { type: 'string' } })) }),
  }
}
