import type { ZodOpenApiOperationObject } from 'zod-openapi'

/** An operation that answers without the endpoint wrapper, described by hand. */
export type Operation = Pick<ZodOpenApiOperationObject, 'summary' | 'description' | 'responses'> & {
  readonly parameters?: readonly { name: string; in: 'query' | 'header'; description: string }[]
}

/** The handler itself, carrying its description for the OpenAPI document. */
export function documented<Run extends (request: Request) => Response | Promise<Response>>(
  operation: Operation,
  run: Run,
): Run & { readonly operation: Operation } {
  return Object.assign(run, { operation })
}
