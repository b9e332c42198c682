import { setTimeout as wait } from 'node:timers/promises'
import { Logger, type Runner, run } from 'graphile-worker'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { type Liveness, openLiveness } from './workers/liveness'
import { sweepLostWork } from './workers/lost-work'
import { nightlyItems } from './workers/nightly'
import { taskList } from './workers/tasks'

export { taskList }

const RESTART_MS = 2000

/**
 * Takes up jobs until stopped, queues the nightly ones, and sees to what was lost to a crash. Stopping lets the running
 * jobs end; what a process leaves locked behind is unlocked by another instance, or by its own next start.
 */
export async function startWorkers(url: string): Promise<{ stop(): Promise<void> }> {
  const liveness = await openLiveness(url)
  let runner: Runner
  try {
    runner = await startRunner(url, liveness)
  } catch (error) {
    await liveness.close()
    throw error
  }
  const lostWork = sweepLostWork()
  const stopping = new AbortController()
  const kept = keepRunning()

  // a runner gives up when it cannot tell the database that a job has ended
  async function keepRunning(): Promise<void> {
    while (!stopping.signal.aborted) {
      await runner.promise.catch((error: unknown) => log.error({ err: error }, 'the workers stopped by themselves'))
      while (!stopping.signal.aborted) {
        await wait(RESTART_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
        if (stopping.signal.aborted) return
        const started = await startRunner(url, liveness).catch((error: unknown) => {
          log.error({ err: error }, 'the workers could not be started and will be tried again')
          return null
        })
        if (!started) continue
        runner = started
        if (stopping.signal.aborted) await started.stop()
        break
      }
    }
  }

  return {
    async stop() {
      stopping.abort()
      await runner.stop().catch(() => {}) // it has stopped already
      await kept
      await lostWork.stop()
      await liveness.close()
    },
  }
}

function startRunner(url: string, liveness: Liveness): Promise<Runner> {
  return run({
    connectionString: url,
    maxPoolSize: 4,
    taskList,
    concurrency: 3,
    noHandleSignals: true,
    parsedCronItems: nightlyItems(env().EXPIRY_JOB_AT),
    logger: workerLogger(),
    preset: {
      plugins: [
        {
          name: 'LivenessPlugin',
          version: '1.0.0',
          worker: {
            hooks: { startWorker: (_context, { worker }) => liveness.register(worker.workerPool.id) },
          },
        },
      ],
    },
  })
}

const workerLogger = () =>
  new Logger(() => (level, message, meta) => {
    if (level === 'error' || level === 'warning') log[level === 'error' ? 'error' : 'warn']({ meta }, message)
    else log.debug(message)
  })
