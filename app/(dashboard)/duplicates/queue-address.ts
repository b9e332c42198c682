import type { Route } from 'next'
import type { DuplicateQueueQuery } from '@/domain/duplicate-events/review-schema'
import { type QueryValues, queryHref } from '@/lib/query-href'

export const QUEUE_PATH = '/duplicates'
const VIEW_PATH = '/api/v1/views/duplicate-queue'
export const SORTS = ['-probability', 'probability', 'dispatched_at', '-dispatched_at', '-date', 'date'] as const

/** What the address says of a queue, without what goes without saying. */
export function queueValues({ mentor_id, certain, sort, page, limit }: DuplicateQueueQuery): QueryValues {
  return {
    mentor_id,
    certain: certain ? 'true' : null,
    sort: sort === '-probability' ? null : sort,
    page: page > 1 ? page : null,
    limit: limit === 20 ? null : limit,
  }
}

/** The address of a view of the queue with `changes`. */
export function queueHref(query: DuplicateQueueQuery, changes: Partial<DuplicateQueueQuery> = {}): Route {
  return queryHref(QUEUE_PATH, queueValues({ ...query, ...changes }))
}

/** Where the API has the same view. */
export function queueViewPath(query: DuplicateQueueQuery): `/api/v1/views/${string}` {
  return queryHref(VIEW_PATH, queueValues(query)) as typeof VIEW_PATH
}

/** Where the API has everything that matched when a view was read. */
export function queueSelectionPath(query: DuplicateQueueQuery, asOf: string): `/api/v1/${string}` {
  const { mentor_id, certain, sort } = queueValues(query)
  return queryHref(`${VIEW_PATH}/selection`, { mentor_id, certain, sort, as_of: asOf }) as typeof VIEW_PATH
}
