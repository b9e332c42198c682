import type { Route } from 'next'
import type { ReturnedPairsQuery } from '@/domain/duplicate-events/pair-schema'
import { type QueryValues, queryHref } from '@/lib/query-href'

const CHANGED_PATH = '/duplicates/changed'
const VIEW_PATH = '/api/v1/views/returned-pairs'

/** The address of a view of the pairs with `changes`. */
export function changedHref(query: ReturnedPairsQuery, changes: Partial<ReturnedPairsQuery> = {}): Route {
  return queryHref(CHANGED_PATH, valuesOf({ ...query, ...changes }))
}

/** Where the API has the same view. */
export function changedViewPath(query: ReturnedPairsQuery): `/api/v1/views/${string}` {
  return queryHref(VIEW_PATH, valuesOf(query)) as typeof VIEW_PATH
}

function valuesOf({ sort, page, limit }: ReturnedPairsQuery): QueryValues {
  return {
    sort: sort === '-returned_at' ? null : sort,
    page: page > 1 ? page : null,
    limit: limit === 20 ? null : limit,
  }
}
