import type { Route } from 'next'
import type { DuplicateReceiptsQuery } from '@/domain/duplicate-events/review-schema'
import { queryHref } from '@/lib/query-href'

export const DECIDED_PATH = '/duplicates/decided'

/** The address of a view of the decisions with `changes`. */
export function decidedHref(query: DuplicateReceiptsQuery, changes: Partial<DuplicateReceiptsQuery> = {}): Route {
  const { resolution, mentor_id, batch_id, sort, page, limit } = { ...query, ...changes }
  return queryHref(DECIDED_PATH, {
    resolution,
    mentor_id,
    batch_id,
    sort: sort === '-decided_at' ? null : sort,
    page: page > 1 ? page : null,
    limit: limit === 20 ? null : limit,
  })
}
