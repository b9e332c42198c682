import 'server-only'
import { log } from './log'

declare global {
  var __background: Set<Promise<void>> | undefined
}

globalThis.__background ??= new Set()
const running = globalThis.__background

/** Lets `work` go on after the answer. A failure is logged; whoever needs the result finds it missing and repeats it. */
export function runInBackground(name: string, work: () => Promise<void>): void {
  const promise: Promise<void> = work()
    .catch((error: unknown) => log.error({ err: error, work: name }, 'background work failed'))
    .finally(() => running.delete(promise))
  running.add(promise)
}

/** Resolves when all work in the background, also what it started meanwhile, has ended. Never rejects. */
export async function drainBackground(): Promise<void> {
  while (running.size > 0) await Promise.all(running)
}
