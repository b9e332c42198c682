import { requeueLostChecks } from '@/domain/duplicate-events/waiting'
import { finishLostLoads } from '@/domain/peer-mentor-bloc/commands'
import { readClock } from '@/lib/clock'
import { pool } from '@/lib/db'
import { log } from '@/lib/log'

const SWEEP_MS = 15_000

/**
 * Finishes the loads of mentor details that a crash has left behind, and has checks whose job is gone done after all: at
 * once, and then every quarter of a minute.
 */
export function sweepLostWork(): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let turn = sweep()

  async function sweep(): Promise<void> {
    try {
      await finishLostLoads(pool(), readClock())
      await requeueLostChecks(pool(), readClock())
    } catch (error) {
      log.warn({ err: error }, 'work left behind by a crash could not be looked for')
    }
    if (stopped) return
    timer = setTimeout(() => {
      turn = sweep()
    }, SWEEP_MS).unref()
  }

  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await turn
    },
  }
}
