import type { MentorListQuery } from '@/domain/mentors/schema'
import type { QueryValues } from '@/lib/query-href'

/** What of a view goes into its address: not the page, and nothing that holds anyway. */
export function viewValues({ limit, sort, page: _, ...filters }: MentorListQuery): QueryValues {
  return { ...filters, sort: sort === 'full_name' ? null : sort, limit: limit === 20 ? null : limit }
}
