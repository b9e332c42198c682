import { type NextRequest, NextResponse } from 'next/server'

// sonner inserts a <style> that cannot carry a nonce; the hashes change with its version
const SONNER_STYLES =
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='"

function contentSecurityPolicy(nonce: string): string {
  const dev = process.env.NODE_ENV === 'development'
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // the development overlay injects styles of its own, which a nonce would forbid
    ...(dev
      ? ["style-src 'self' 'unsafe-inline'"]
      : [`style-src 'self' 'nonce-${nonce}'`, `style-src-elem 'self' 'nonce-${nonce}' ${SONNER_STYLES}`]),
    // style attributes cannot carry a nonce, and radix and sonner place things by them
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Next answers an address that cannot be decoded with a plain 500; for the API that has to be a problem document. */
function refuseMalformedAddress(path: string): NextResponse | null {
  try {
    decodeURIComponent(path)
    return null
  } catch {
    const request_id = crypto.randomUUID()
    const problem = {
      type: '/api-docs#not_found',
      title: 'There is nothing at this address',
      status: 404,
      detail: 'The address is not valid UTF-8, so it names nothing.',
      instance: path,
      code: 'not_found',
      request_id,
    }
    const headers = {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': request_id,
    }
    return new NextResponse(JSON.stringify(problem), { status: 404, headers })
  }
}

/** Gives every page a content security policy with a nonce of its own; Next takes the nonce for its scripts from the request's header. */
export function proxy(request: NextRequest) {
  if (request.nextUrl.pathname.startsWith('/api/')) {
    return refuseMalformedAddress(request.nextUrl.pathname) ?? NextResponse.next()
  }
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = {
  matcher: ['/((?!_next/static/|_next/image|favicon\\.ico$|healthz$|readyz$|metrics$).*)'],
}
