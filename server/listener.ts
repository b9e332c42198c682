import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { closingSignal } from '@/lib/closing'
import { isLocalHostHeader } from './address'

type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** What answers requests; empty while the process starts. */
export interface Handlers {
  /** Undefined in development: there Next serves the API as well, and reloads it. */
  api?: { readonly listener: RequestListener; readonly roots: ReadonlySet<string> }
  pages?: Pages
}

export function apiHandler(api: Hono, paths: readonly string[]): NonNullable<Handlers['api']> {
  // Next lives in the same process and has its own ideas of Request and Response: leave the global ones alone
  const listener = getRequestListener(api.fetch, { overrideGlobalObjects: false })
  return { listener, roots: new Set(paths.map(rootOf)) }
}

/** `/healthz?x` and `/healthz/y` have the root `healthz`. */
function rootOf(path: string): string {
  return /^\/([^/?#]*)/.exec(path)?.[1] ?? ''
}

export function createListener(handlers: Handlers, loopback: boolean): RequestListener {
  return (request, response) => {
    if (loopback && !isLocalHostHeader(request.headers.host)) {
      return refuse(response, 403, 'This server answers only to localhost, 127.0.0.1 and [::1].')
    }
    if (closingSignal.aborted) {
      response.shouldKeepAlive = false
      if (rootOf(request.url ?? '') === 'readyz') return refuse(response, 503, 'The server is stopping.')
    }
    if (!handlers.pages) {
      response.setHeader('retry-after', '1')
      return refuse(response, 503, 'The server is starting.')
    }
    if (handlers.api?.roots.has(rootOf(request.url ?? ''))) return handlers.api.listener(request, response)
    handlers.pages(request, response).catch((error) => response.destroy(error))
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${message}\n`)
}
