import type { Server } from 'node:http'
import { isIPv6 } from 'node:net'

export interface Address {
  readonly host: string
  readonly port: number
  /** Reachable from this machine only. */
  readonly loopback: boolean
}

/**
 * HOST and PORT. Throws a sentence for people when a value makes no sense, and for a host that others can reach, unless
 * ALLOW_OPEN=1: there is no sign-in yet.
 */
export function readAddress(environment: NodeJS.ProcessEnv = process.env): Address {
  const host = environment.HOST || '127.0.0.1'
  const port = Number(environment.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is ${environment.PORT}, but a port is a whole number up to 65535.`)
  }
  const loopback = isLoopback(host)
  if (!loopback && environment.ALLOW_OPEN !== '1') {
    throw new Error(
      `HOST is ${host}, which other machines can reach. There is no sign-in yet, so everybody there could read and change personal data. Leave HOST out to serve this machine only, or set ALLOW_OPEN=1 where something else guards the access.`,
    )
  }
  return { host, port, loopback }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

/** Whether a `Host` header names this machine. A page of another site can point its own name at it (DNS rebinding). */
export function isLocalHostHeader(header: string | undefined): boolean {
  return header !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(header)
}

/** Listens; throws a sentence for people when the port cannot be had. Returns the address for a browser. */
export async function listen(server: Server, { host, port }: Address): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(new Error(explain(cause, host, port), { cause })))
    server.listen(port, host, resolve)
  })
  const bound = server.address()
  const actual = typeof bound === 'object' && bound ? bound.port : port
  return `http://${isIPv6(host) ? `[${host}]` : host}:${actual}`
}

function explain(cause: NodeJS.ErrnoException, host: string, port: number): string {
  if (cause.code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Stop that one, or start with another port, for instance PORT=${port + 1}.`
  }
  if (cause.code === 'EACCES')
    return `Port ${port} is not open to this account. Start with another port, for instance PORT=3000.`
  return `The address ${host}:${port} cannot be used: ${cause.message}.`
}
