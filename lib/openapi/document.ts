import { createDocument, type ZodOpenApiObject, type ZodOpenApiPathItemObject } from 'zod-openapi'
import type { Endpoint } from '@/lib/http/endpoint'
import { services } from '@/lib/http/services'
import { version } from '@/package.json'
import type { Operation } from './documented'
import { requestHeaders, responseHeaders } from './headers'
import { describeEndpoint, describeOperation } from './operation'
import { problem } from './problem'
import { TAGS, tagOf } from './tags'

/** One file of route handlers; `path` as `/api/v1/certifications/:id`. */
export interface RouteFile {
  readonly path: string
  readonly load: () => Promise<Record<string, unknown>>
}

export type OpenApiDocument = ReturnType<typeof createDocument>

const DESCRIPTION = `The API of the peer mentors' app and of the coordinators' dashboard.

**Paths.** Each contract is served under two forms that answer identically: the short path shown here, and the documented one behind the gateway's prefix, such as \`/api/v1/certifications/api/v1/certifications\`. Choose the form under *Servers* of an operation.

**Times** are UTC with whole seconds (\`2026-03-26T10:00:00Z\`); input may carry an offset and fractions, never none. Dates are \`YYYY-MM-DD\`.

**Lists** take \`page\`, \`limit\` and \`sort\`, and answer \`data\` with an exact total under \`pagination\`.

**Errors** are problem documents (RFC 9457) with a stable \`code\`; every code is explained at \`/api-docs\`. Any address answers 405 with \`Allow\` to a method that it does not know, and any unknown address 404.

**Unknown** parameters and keys are ignored and named in \`X-Ignored\`; with \`Prefer: handling=strict\` they are 400. An event of a batch that holds one is then rejected by itself.`

/** The OpenAPI 3.1 document, from the declarations that the route handlers carry. */
export async function buildDocument(routes: readonly RouteFile[]): Promise<OpenApiDocument> {
  const paths: Record<string, ZodOpenApiPathItemObject> = {}
  for (const { path, load } of routes) {
    if (path.includes('*')) continue
    const operations = describeHandlers(path, await load())
    if (Object.keys(operations).length === 0) continue
    paths[path.replace(/:(\w+)/g, '{$1}')] = { ...operations, ...serversOf(path) }
  }
  const document: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: { title: 'Peer mentors', version, description: DESCRIPTION },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS)
      .filter(([name]) => Object.keys(paths).some((path) => tagOf(path) === name))
      .map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => orderOf(a) - orderOf(b))),
    components: { schemas: { Problem: problem }, parameters: requestHeaders, headers: responseHeaders },
  }
  const made = createDocument(document, {
    override: ({ jsonSchema, zodSchema: { _zod } }) => {
      if (_zod.def.type === 'default') jsonSchema.default ??= _zod.def.defaultValue
    },
  })
  mendSchemas(made)
  return made
}

/** Takes out what the translation from Zod leaves behind and no reader is helped by. */
function mendSchemas(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  const schema = node as { pattern?: unknown; format?: unknown; type?: unknown; minimum?: unknown; maximum?: unknown }
  // a pattern beside a format makes readers invent values thousands of characters long; beside a number it says nothing
  if (typeof schema.pattern === 'string' && (schema.format || schema.type !== 'string')) delete schema.pattern
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  for (const inner of Object.values(node)) mendSchemas(inner)
}

function describeHandlers(path: string, handlers: Record<string, unknown>): ZodOpenApiPathItemObject {
  const item: ZodOpenApiPathItemObject = {}
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
    const { endpoint, operation } = (handlers[method] ?? {}) as { endpoint?: Endpoint; operation?: Operation }
    const described = endpoint
      ? describeEndpoint(method, path, endpoint)
      : operation && describeOperation(method, path, operation)
    if (described) item[method.toLowerCase() as 'get'] = described
  }
  return item
}

function serversOf(path: string) {
  const service = tagOf(path)
  if (!services.includes(service)) return {}
  return {
    servers: [
      { url: '/', description: 'Short paths' },
      { url: `/api/v1/${service}`, description: "Documented paths, behind the gateway's prefix" },
    ],
  }
}

function orderOf(path: string): number {
  return Object.keys(TAGS).indexOf(tagOf(path))
}
