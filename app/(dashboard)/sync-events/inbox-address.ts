import type { Route } from 'next'
import type { SyncInboxQuery } from '@/domain/mentor-status-sync/inbox-schema'
import { type QueryValues, queryHref } from '@/lib/query-href'

export const INBOX_PATH = '/sync-events'

/** What the address says of an inbox, without what goes without saying. */
function valuesOf({ tab, mentor_id, event, sort, page, limit }: SyncInboxQuery): QueryValues {
  return {
    tab: tab === 'pending' ? null : tab,
    mentor_id,
    event,
    sort,
    page: page > 1 ? page : null,
    limit: limit === 20 ? null : limit,
  }
}

/** The address of a view of the inbox with `changes`. */
export function inboxHref(query: SyncInboxQuery, changes: Partial<SyncInboxQuery> = {}): Route {
  return queryHref(INBOX_PATH, valuesOf({ ...query, ...changes }))
}

/** Where the API has the same view. */
export function inboxViewPath(query: SyncInboxQuery): `/api/v1/views/${string}` {
  return queryHref('/api/v1/views/sync-inbox', valuesOf(query)) as `/api/v1/views/${string}`
}

/** Where the API has everything that matched when a view was read. */
export function inboxSelectionPath({ tab, mentor_id, sort }: SyncInboxQuery, asOf: string): `/api/v1/${string}` {
  return queryHref('/api/v1/views/sync-inbox/selection', { tab, mentor_id, sort, as_of: asOf }) as `/api/v1/${string}`
}
