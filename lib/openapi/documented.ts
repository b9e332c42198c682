import { randomUUID } from 'node:crypto'
import type { ZodOpenApiOperationObject } from 'zod-openapi'
import { AppError } from '@/lib/errors'
import { problemResponse } from '@/lib/http/problem'

/** An operation that answers without the endpoint wrapper, described by hand. */
export type Operation = Pick<ZodOpenApiOperationObject, 'summary' | 'description' | 'responses'> & {
  readonly parameters?: readonly { name: string; in: 'query' | 'header'; description: string }[]
}

type Answering = (request: Request) => Response | Promise<Response>
type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

const ALLOW = 'GET, HEAD, OPTIONS'

/** The handlers of an address that is only read: `run` for GET, carrying its description, and what follows from it. */
export function documented(
  operation: Operation,
  run: Answering,
): Record<Method, Answering> & { GET: { readonly operation: Operation } } {
  const head: Answering = async (request) => {
    const { status, headers } = await run(request)
    return new Response(null, { status, headers })
  }
  return {
    GET: Object.assign((request: Request) => run(request), { operation }),
    HEAD: head,
    OPTIONS: nameMethods,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
  }
}

function nameMethods(): Response {
  return new Response(null, { status: 204, headers: { allow: ALLOW } })
}

function refuse(request: Request): Response {
  const at = { method: request.method, path: new URL(request.url).pathname, requestId: randomUUID() }
  return problemResponse(
    new AppError('method_not_allowed', `${at.path} knows ${ALLOW}.`, { headers: { allow: ALLOW } }),
    at,
  )
}
