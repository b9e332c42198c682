import { beginClosing } from '@/lib/closing'
import { log } from '@/lib/log'
import { openAppDatabase } from './app-database'
import { ensureOrganisation } from './organisation'
import type { Closer } from './shutdown'
import { startWorkers } from './workers'

declare global {
  /** Set by whoever has started database and workers in this process: modules may be loaded more than once. */
  var __started: Promise<void> | undefined
}

/** Database and workers for a process that Next has started and will end. Does nothing in a process that has them. */
export function startBesideNext(): Promise<void> {
  globalThis.__started ??= start()
  return globalThis.__started
}

async function start(): Promise<void> {
  const closers: Closer[] = []
  const say = (message: string) => log.info(message)
  const lost = (error: Error) => {
    log.fatal(error.message)
    process.exit(1)
  }
  const database = await openAppDatabase(closers, say, lost)
  await ensureOrganisation()
  const workers = await startWorkers(database.url)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      beginClosing()
      void workers.stop()
    })
  }
  // Next answers the requests in flight and then exits without asking: what is left is to tell the database
  process.once('exit', () => database.abandon())
}
