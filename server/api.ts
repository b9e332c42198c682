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
  const api = new Hono({ getPath: (request) => shortPath(new URL(request.url).pathname) })
  for (const route of routes) {
    const handlers = (await route.load()) as Record<string, Handler>
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const handler = handlers[method]
      if (!handler) continue
      api.on(method, route.path, (context: Context) =>
        handler(context.req.raw, { params: Promise.resolve(context.req.param()) }),
      )
    }
  }
  api.notFound((context) => {
    const path = new URL(context.req.url).pathname
    return problemResponse(new AppError('not_found', `There is nothing at ${path}.`), {
      method: context.req.method,
      path,
      requestId: randomUUID(),
    })
  })
  return api
}
