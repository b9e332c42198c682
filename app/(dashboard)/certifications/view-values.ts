import type { WarningsQuery } from '@/domain/certifications/warning-schema'
import type { QueryValues } from '@/lib/query-href'

export const CERTIFICATIONS = '/certifications'

/** What of a view goes into its address: not the page, and no standard page size. */
export function viewValues({ window, sort, limit }: WarningsQuery): QueryValues {
  return { window, sort, limit: limit === 20 ? null : limit }
}
