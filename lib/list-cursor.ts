import 'server-only'
import type { Call } from './call'
import { databaseId } from './cursor'
import { AppError } from './errors'
import type { Instant } from './instant'

/** The state of the database that a list was read at, and the present of that moment. */
export interface ListCursor {
  readonly at: Instant
  /** A `pg_snapshot` as text. */
  readonly snapshot: string
}

/** The `as_of` of a view that was read at `snapshot` (`pageWithTotal` tells it). */
export async function writeListCursor(call: Call, snapshot: string): Promise<string> {
  return `${call.now}~${await databaseId()}~${snapshot}`
}

/**
 * Reads an `as_of` that `lib/wire` has found well formed. Throws `list_outdated` for one of another database, where its
 * transactions mean nothing.
 */
export async function readListCursor(text: string): Promise<ListCursor> {
  const [at = '', database, snapshot = ''] = text.split('~')
  if (database !== (await databaseId())) {
    throw new AppError('list_outdated', 'This list was read from another database. Nothing was changed; read it again.')
  }
  return { at: at as Instant, snapshot }
}
