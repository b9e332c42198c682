import { createServer } from 'node:http'
import { beginClosing } from '@/lib/closing'
import { log } from '@/lib/log'
import { listen, readAddress } from './address'
import { openAppDatabase } from './app-database'
import { buildIfStale } from './build'
import { apiHandler, createListener, type Handlers } from './listener'
import { type Closer, closeAll, closeServer, watchUpgraded } from './shutdown'
import { staticFiles } from './static-files'

export interface RunOptions {
  readonly dev: boolean
  /** Whether to fill an empty database with sample data. */
  readonly sample: boolean
  readonly mentors: string | undefined
}

// What has not ended by then is taken up by the next start. Supervisors kill after ten seconds.
const LONGEST_STOP = 9500

const say = process.stdout.isTTY ? console.log : (message: string) => log.info(message)

/** Starts everything and resolves when it serves; ends the process on SIGTERM and SIGINT. Throws a sentence for people. */
export async function run(options: RunOptions): Promise<void> {
  globalThis.__started = Promise.resolve() // Next's instrumentation has nothing to do here
  const started = performance.now()
  const address = readAddress()
  const handlers: Handlers = {}
  const closers: Closer[] = []
  const stopping = stopOnSignal(closers)
  const server = createServer(createListener(handlers, address.loopback))
  const upgraded = watchUpgraded(server)
  // first of all, so that a port that is taken is told before a build of half a minute
  const url = await listen(server, address)
  try {
    // before the build, which would take the ground from under a server that already runs here
    const database = await openAppDatabase(closers, say, (error) => void fail(error, closers))
    const building = options.dev ? Promise.resolve() : buildIfStale(say, stopping)
    const port = Number(new URL(url).port)
    const [pages, api] = await allSettled([
      building.then(() => preparePages(options.dev, address.host, port, server)),
      building.then(() => (options.dev ? undefined : loadApi())),
      options.sample ? loadSample(database.url, options.mentors) : undefined,
    ])
    closers.push({ what: 'Next', patience: options.dev ? 2000 : 1000, close: pages.close })
    const { ensureOrganisation } = await import('./organisation')
    await ensureOrganisation()
    const { startWorkers } = await import('./workers')
    const workers = await startWorkers(database.url)
    closers.push({ what: 'The workers', patience: 2000, close: () => workers.stop() })
    const { drainBackground } = await import('@/lib/background')
    closers.push({ what: 'The work in the background', patience: 2000, close: drainBackground })
    closers.push({ what: 'The requests', patience: 4500, close: () => closeServer(server, upgraded, 4000) })
    if (api) handlers.api = api
    if (!options.dev) handlers.files = staticFiles()
    handlers.pages = pages.handle
  } catch (error) {
    if (stopping.aborted) return // whoever stops it ends the process
    await closeAll(closers, say)
    throw error
  }
  if (!stopping.aborted) say(`Ready at ${url} after ${((performance.now() - started) / 1000).toFixed(1)} s.`)
}

async function loadSample(url: string, mentors: string | undefined): Promise<void> {
  const { loadSampleIfEmpty } = await import('./sample')
  await loadSampleIfEmpty(url, mentors, say)
}

async function preparePages(dev: boolean, hostname: string, port: number, httpServer: ReturnType<typeof createServer>) {
  const { default: next } = await import('next')
  const app = next({ dev, dir: process.cwd(), hostname, port, httpServer })
  await app.prepare()
  return { handle: app.getRequestHandler(), close: () => app.close() }
}

async function loadApi() {
  const [{ createApi }, { routes }] = await Promise.all([import('./api'), import('@/routes.generated')])
  return apiHandler(
    await createApi(routes),
    routes.map((route) => route.path),
  )
}

/** All results. Where one fails, waits for the others before throwing, so that nothing goes on unnoticed. */
async function allSettled<T extends readonly unknown[]>(steps: { [K in keyof T]: Promise<T[K]> | T[K] }): Promise<T> {
  await Promise.allSettled(steps)
  return (await Promise.all(steps)) as unknown as T
}

function stopOnSignal(closers: Closer[]): AbortSignal {
  const stopping = new AbortController()
  const stop = async () => {
    if (stopping.signal.aborted) process.exit(130) // asked twice: at once
    stopping.abort()
    beginClosing()
    say('Stopping: answering the requests in flight.')
    setTimeout(() => process.exit(0), LONGEST_STOP)
    await closeAll(closers, say)
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  return stopping.signal
}

async function fail(error: Error, closers: Closer[]): Promise<void> {
  console.error(error.message)
  beginClosing()
  await closeAll(closers, say)
  process.exit(1)
}
