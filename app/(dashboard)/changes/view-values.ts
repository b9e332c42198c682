import type { ChangeListQuery } from '@/domain/changes/schema'
import type { QueryValues } from '@/lib/query-href'

/** What of a view goes into its address: not the page, and nothing that holds anyway. */
export function viewValues({ limit, sort, page: _, ...filters }: ChangeListQuery): QueryValues {
  return { ...filters, sort: sort === '-at' ? null : sort, limit: limit === 20 ? null : limit }
}
