import 'server-only'
import type { Call } from './call'
import { databaseId } from './cursor'
import { AppError, invalid } from './errors'
import { type Instant, parseInstant, secondsBetween } from './instant'

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

// what was written since is looked through: a bounded part of the change log
const VALID_SECONDS = 86_400

/**
 * Reads an `as_of` that `lib/wire` has found well formed. Throws 400 for a time that does not exist, and `list_outdated`
 * for one of another database, where its transactions mean nothing, and for one more than 24 hours away.
 */
export async function readListCursor(call: Call, text: string): Promise<ListCursor> {
  const [time = '', database, snapshot = ''] = text.split('~')
  const at = parseInstant(time)
  if (at === null) throw invalid('as_of', 'Expected the as_of of a view, unchanged')
  if (database !== (await databaseId())) {
    throw new AppError('list_outdated', 'This list was read from another database. Nothing was changed; read it again.')
  }
  if (Math.abs(secondsBetween(call.now, at)) > VALID_SECONDS) {
    throw new AppError(
      'list_outdated',
      'This list was read more than 24 hours ago. Nothing was changed; read it again.',
    )
  }
  return { at, snapshot }
}
