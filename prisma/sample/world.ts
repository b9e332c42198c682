import type { Night } from './job-runs'
import type { Random } from './random'
import type { AutoPauseLogRow, CertificationRow, ChangeRow, SyncEventRow } from './rows'

/** What one command did to a mentor: one revision, one row of the change log for each record. */
export interface Command {
  readonly mentor_key: number
  readonly at: number
  readonly actor: string
  readonly changes: readonly LoggedChange[]
}

export type LoggedChange = Pick<ChangeRow, 'type' | 'id' | 'action' | 'before' | 'after'>

/** Where the histories of all mentors leave their records. */
export interface World {
  readonly now: number
  readonly nights: ReadonlyMap<number, Night>
  readonly random: Random
  readonly takeId: (prefix: 'cert_' | 'log_' | 'evt_') => string
  readonly certifications: CertificationRow[]
  readonly logs: (Omit<AutoPauseLogRow, 'job_run_key'> & { night: number })[]
  readonly syncEvents: SyncEventRow[]
  readonly commands: Command[]
}
