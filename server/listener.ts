import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { closingSignal } from '@/lib/closing'
import { AppError } from '@/lib/errors'
import { shortPath } from '@/lib/http/path'
import { problemOf } from '@/lib/http/problem'
import { isLocalHostHeader } from './address'
import { isStaticFile } from './static-files'

type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** What answers requests; empty while the process starts. */
export interface Handlers {
  /** Undefined in development: there Next serves the API as well, and reloads it. */
  api?: { readonly listener: RequestListener; readonly roots: ReadonlySet<string> }
  /** Undefined in development. */
  files?: RequestListener
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

/** Addresses whose readers are programs, known before the route files are loaded. */
const FOR_PROGRAMS = new Set(['api', 'healthz', 'readyz', 'metrics'])

export function createListener(handlers: Handlers, loopback: boolean): RequestListener {
  return (request, response) => {
    if (loopback && !isLocalHostHeader(request.headers.host)) {
      const detail = 'This server answers only to localhost, 127.0.0.1 and [::1].'
      return refuse(request, response, new AppError('forbidden', detail))
    }
    if (closingSignal.aborted) {
      response.shouldKeepAlive = false
      if (rootOf(request.url ?? '') === 'readyz') return refuse(request, response, notServing('stopping'))
    }
    if (!handlers.pages) return refuse(request, response, notServing('starting'))
    if (handlers.files && isStaticFile(request.url)) return handlers.files(request, response)
    if (handlers.api?.roots.has(rootOf(request.url ?? ''))) return handlers.api.listener(request, response)
    handlers.pages(request, response).catch((error) => response.destroy(error))
  }
}

function notServing(why: 'starting' | 'stopping'): AppError {
  const detail = `The server is ${why}. Nothing was stored. Try again in a moment.`
  return new AppError('not_serving', detail, { headers: { 'retry-after': '1' } })
}

/** A problem document for programs, a sentence for people. */
function refuse({ url = '/' }: IncomingMessage, response: ServerResponse, error: AppError): void {
  const path = shortPath(url.replace(/[?#].*$/s, ''))
  const { status, headers, body } = problemOf(error, { path, requestId: randomUUID() })
  if (FOR_PROGRAMS.has(rootOf(url))) response.writeHead(status, headers).end(body)
  else {
    response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(`${error.message}\n`)
  }
}
