import type { Caller } from '@/lib/call'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'

/** Without sign-in everybody is `open` in the one organisation that is served. */
export function currentCaller(): Caller {
  return { org: env().ORG_ID, actor: 'open' }
}

/**
 * Throws 403 when a page of another site sends the request: without sign-in only the browser tells them apart, and a
 * body without a content type needs no CORS preflight.
 */
export function refuseForeignPages(request: Request): void {
  const site = request.headers.get('sec-fetch-site')
  if (site === 'cross-site' || site === 'same-site') {
    throw new AppError('forbidden', 'Pages of other sites may not change anything here. Nothing was stored.')
  }
}
