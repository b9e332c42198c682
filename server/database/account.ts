import { readFileSync, statSync } from 'node:fs'

/** The account that runs PostgreSQL, which refuses to run as root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * The account to drop to, or undefined where this process may run PostgreSQL itself.
 * Root takes the owner of data that is already there (somebody else's data stays theirs), otherwise `nobody`.
 */
export function postgresAccount(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const data = statSync(dataFolder, { throwIfNoEntry: false })
  if (data && data.uid !== 0) return { uid: data.uid, gid: data.gid }
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (!uid || !gid) {
    throw new Error(
      'PostgreSQL refuses to run as root, and there is no account "nobody" to run it. Start as another user, or set DATABASE_URL.',
    )
  }
  return { uid: Number(uid), gid: Number(gid) }
}
