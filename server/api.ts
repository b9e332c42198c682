import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { AppError } from '@/lib/errors'
import type { Handler } from '@/lib/http/endpoint'
import { shortPath } from '@/lib/http/path'
import { problemResponse } from '@/lib/http/problem'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

export interface Route {
  /** `/api/v1/certifications/:id` */
  readonly path: string
  readonly load: () => Promise<Record<string, unknown>>
}

/** Mounts the handlers of the route files without Next: same handlers, same answers, documented and short paths alike. */
export async function createApi(routes: readonly Route[]): Promise<Hono> {
  const api = new Hono({ getPath: (request) => shortPath(pathOf(request.url)) })
  const loaded = await Promise.all(routes.map(async ({ path, load }) => ({ path, handlers: await load() })))
  for (const { path, handlers } of loaded) {
    for (const method of METHODS) {
      const handler = handlers[method] as Handler | undefined
      if (!handler) continue
      api.on(method, path, (context: Context) =>
        handler(context.req.raw, { params: Promise.resolve(context.req.param()), outgoing: context.env?.outgoing }),
      )
    }
    api.all(path, (context) => refuseMethod(context, handlers as Record<string, Handler>))
  }
  api.notFound((context) => {
    const at = placeOf(context)
    return problemResponse(new AppError('not_found', `There is nothing at ${at.path}.`), at)
  })
  return api
}

/** Methods that no route file can export, such as PROPFIND, and those that a plain one does not. */
async function refuseMethod(context: Context, handlers: Record<string, Handler>): Promise<Response> {
  const at = placeOf(context)
  const options = await handlers.OPTIONS?.(context.req.raw, { params: Promise.resolve(context.req.param()) })
  const allow = options?.headers.get('allow') ?? METHODS.filter((method) => handlers[method]).join(', ')
  return problemResponse(new AppError('method_not_allowed', `${at.path} knows ${allow}.`, { headers: { allow } }), at)
}

function placeOf({ req }: Context) {
  return { method: req.method, path: pathOf(req.url), requestId: randomUUID() }
}

/** The path of an absolute address, as it was sent: a URL object would cost more than the routing. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const end = url.slice(start).search(/[?#]/)
  return end === -1 ? url.slice(start) : url.slice(start, start + end)
}
