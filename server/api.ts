import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { AppError } from '@/lib/errors'
import type { Handler } from '@/lib/http/endpoint'
import { shortPath } from '@/lib/http/path'
import { problemResponse } from '@/lib/http/problem'

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
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const handler = handlers[method] as Handler | undefined
      if (!handler) continue
      api.on(method, path, (context: Context) =>
        handler(context.req.raw, { params: Promise.resolve(context.req.param()) }),
      )
    }
  }
  api.notFound((context) => {
    const path = pathOf(context.req.url)
    return problemResponse(new AppError('not_found', `There is nothing at ${path}.`), {
      method: context.req.method,
      path,
      requestId: randomUUID(),
    })
  })
  return api
}

/** The path of an absolute address, as it was sent: a URL object would cost more than the routing. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const end = url.slice(start).search(/[?#]/)
  return end === -1 ? url.slice(start) : url.slice(start, start + end)
}
