import { Logger, run, type TaskList } from 'graphile-worker'
import { log } from '@/lib/log'

/** What each kind of job does. */
export const taskList: TaskList = {}

/** Takes up jobs until stopped. Stopping lets the running ones end; those that do not are taken up by another start. */
export async function startWorkers(url: string): Promise<{ stop(): Promise<void> }> {
  const runner = await run({
    connectionString: url,
    maxPoolSize: 4,
    taskList,
    concurrency: 2,
    noHandleSignals: true,
    logger: workerLogger(),
  })
  return { stop: () => runner.stop() }
}

const workerLogger = () =>
  new Logger(() => (level, message, meta) => {
    if (level === 'error' || level === 'warning') log[level === 'error' ? 'error' : 'warn']({ meta }, message)
    else log.debug(message)
  })
