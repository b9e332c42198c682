import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'

/** One thing to be ended, and how long it may take, in milliseconds. */
export interface Closer {
  readonly what: string
  readonly patience: number
  readonly close: () => Promise<unknown>
}

/** Ends everything, the last opened first. What fails or takes too long is told and left behind. */
export async function closeAll(closers: Closer[], log: (message: string) => void): Promise<void> {
  for (const { what, patience, close } of closers.splice(0).reverse()) {
    try {
      const late = Symbol('late')
      const result = await Promise.race([close(), wait(patience, late, { ref: false })])
      if (result === late) log(`${what} did not end within ${patience / 1000} s.`)
    } catch (error) {
      log(`${what} did not end well: ${(error as Error).message}`)
    }
  }
}

/** The sockets that have left HTTP (reloading in development): closing the server neither ends nor forgets them. */
export function watchUpgraded(server: Server): Set<Duplex> {
  const sockets = new Set<Duplex>()
  server.on('upgrade', (_request, socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

/** Accepts nothing new and resolves when the requests in flight have been answered; cuts them off after `patience`. */
export async function closeServer(server: Server, upgraded: Set<Duplex>, patience: number): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  for (const socket of upgraded) socket.destroy()
  // a connection that is kept alive becomes idle again after its last answer
  const idle = setInterval(() => server.closeIdleConnections(), 25)
  const cut = setTimeout(() => server.closeAllConnections(), patience)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}
