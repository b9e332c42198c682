import 'server-only'
import { randomUUID } from 'node:crypto'
import { connection } from 'next/server'
import { cache } from 'react'
import type { Call } from './call'
import { readClock } from './clock'
import { type Db, one, pool, sql } from './db'
import { currentCaller } from './http/caller'
import { writeListCursor } from './list-cursor'

interface Drawing {
  readonly call: Call
  readonly asOf: string
}

const drawing = cache(async (): Promise<Drawing> => {
  await connection()
  const call: Call = {
    caller: currentCaller(),
    now: readClock(),
    requestId: randomUUID(),
    ifMatch: null,
    afterCommit(name) {
      throw new Error(`A page only reads, so nothing can follow its commit: ${name}`)
    },
  }
  return { call, asOf: await readAsOf(call) }
})

/** The caller and the one present of the page that is being drawn: the same for its layout, metadata and parts. */
export async function pageCall(): Promise<Call> {
  return (await drawing()).call
}

/**
 * The `as_of` of everything on the page: read before all of it, since nothing is read without `pageCall`. Empty while the
 * database is away.
 */
export async function pageAsOf(): Promise<string> {
  return (await drawing()).asOf
}

async function readAsOf(call: Call): Promise<string> {
  try {
    const { snapshot } = await one<{ snapshot: string }>(pool(), sql`SELECT pg_current_snapshot()::text AS snapshot`)
    return await writeListCursor(call, snapshot)
  } catch {
    return ''
  }
}

/** Where a page reads from: pages ask the domain's queries directly, never over HTTP. */
export function pageDb(): Db {
  return pool()
}
