import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { postgresAccount } from './account'
import { postgresBinaries } from './binaries'
import type { DataFolder } from './data-folder'

/** How to run PostgreSQL's programs on a folder of data. */
export interface Run {
  readonly folder: DataFolder
  readonly data: string
  readonly program: 'initdb' | 'postgres'
  /** The arguments, given the data's name as the program will see it. */
  readonly arguments: (data: string) => string[]
  readonly output: number | 'pipe'
  /** A descriptor that the program and all its children hold open. */
  readonly held?: number
}

/** Starts a program of PostgreSQL in a session of its own, so that Ctrl-C in a terminal reaches the app alone. */
export function runProgram(run: Run): ChildProcess {
  const { folder, data, program, output, held } = run
  const account = postgresAccount(folder.data)
  const command = path.join(postgresBinaries(account), 'bin', program)
  // An account that cannot enter the folders above reaches the data through the descriptor that we have opened.
  const opened = account && process.platform === 'linux' ? openSync(data, 'r') : undefined
  try {
    return spawn(command, run.arguments(opened === undefined ? data : '/proc/self/fd/3'), {
      ...account,
      cwd: '/',
      detached: true,
      // nothing of the caller's PG* variables or locale
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } as unknown as NodeJS.ProcessEnv,
      stdio: [output === 'pipe' ? 'pipe' : 'ignore', output, output, opened ?? 'ignore', held ?? 'ignore'],
    })
  } finally {
    if (opened !== undefined) closeSync(opened)
  }
}
