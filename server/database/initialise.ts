import { chownSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { postgresAccount } from './account'
import { type Connection, type DataFolder, newPassword } from './data-folder'
import { type Run, runProgram } from './program'
import { type Profile, settingArguments } from './settings'

// CREATEDB: tests and Prisma's shadow database
const OBJECTS = ['CREATE ROLE app LOGIN CREATEDB', 'CREATE DATABASE app OWNER app']

/**
 * Makes sure that there is data and that we know its passwords; returns them. The caller holds the folder's lock.
 * Interrupted at any moment it begins anew: the data gets its name only when it is complete.
 */
export async function initialise(folder: DataFolder, profile: Profile): Promise<Connection> {
  const known = folder.readConnection()
  if (folder.isInitialised() && known) return known
  const connection = { port: 0, adminPassword: newPassword(), appPassword: newPassword() }
  const passwords = [
    `ALTER ROLE postgres PASSWORD '${connection.adminPassword}'`,
    `ALTER ROLE app PASSWORD '${connection.appPassword}'`,
  ]
  if (folder.isInitialised()) {
    await runStatements(folder, folder.data, profile, passwords) // the file with the passwords was lost
    folder.writeConnection(connection)
    return connection
  }
  const half = `${folder.data}.new`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  const account = postgresAccount(folder.data)
  if (account) chownSync(half, account.uid, account.gid)
  const options = ['--username=postgres', '--encoding=UTF8', '--auth-local=reject', '--auth-host=scram-sha-256']
  // PostgreSQL's own locale: the same on every machine, whatever locales that has
  options.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (profile === 'throw-away') options.push('--no-sync')
  await finish({ folder, data: half, program: 'initdb', arguments: (data) => ['-D', data, ...options], output: 'pipe' })
  await runStatements(folder, half, profile, [...OBJECTS, ...passwords])
  folder.writeConnection(connection)
  renameSync(half, folder.data)
  return connection
}

/** Single-user mode: no port is open and no password needed. One statement a line. */
async function runStatements(folder: DataFolder, data: string, profile: Profile, statements: string[]): Promise<void> {
  const settings = ['-c', 'exit_on_error=on', ...settingArguments(profile)]
  const single = (opened: string) => ['--single', '-D', opened, ...settings, 'postgres']
  await finish({ folder, data, program: 'postgres', arguments: single, output: 'pipe' }, `${statements.join('\n')}\n`)
}

async function finish(run: Run, input = ''): Promise<void> {
  const child = runProgram(run)
  let said = ''
  child.stdout?.on('data', (part) => {
    said += part
  })
  child.stderr?.on('data', (part) => {
    said += part
  })
  child.stdin?.end(input)
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`PostgreSQL could not make its data in ${run.data}: ${said.trim().slice(-2000)}`)
}
