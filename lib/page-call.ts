import 'server-only'
import { randomUUID } from 'node:crypto'
import { connection } from 'next/server'
import { cache } from 'react'
import type { Call } from './call'
import { readClock } from './clock'
import { type Db, pool } from './db'
import { currentCaller } from './http/caller'

/** The caller and the one present of the page that is being drawn: the same for its layout, metadata and parts. */
export const pageCall = cache(async (): Promise<Call> => {
  await connection()
  return {
    caller: currentCaller(),
    now: readClock(),
    requestId: randomUUID(),
    ifMatch: null,
    afterCommit(name) {
      throw new Error(`A page only reads, so nothing can follow its commit: ${name}`)
    },
  }
})

/** Where a page reads from: pages ask the domain's queries directly, never over HTTP. */
export function pageDb(): Db {
  return pool()
}
