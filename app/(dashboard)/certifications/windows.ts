import { z } from 'zod'
import type { ExpiryWindow } from '@/domain/certifications/queries'
import { queryInteger } from '@/lib/wire'

/** The tabs, in the order of their urgency. */
export const WINDOWS = ['expired', 7, 30, 60, 90] as const satisfies readonly ExpiryWindow[]

/** `/certifications?window=30&page=2`; a month ahead unless the address says otherwise. */
export const warningsQuery = z.object({
  window: z
    .enum(['expired', '7', '30', '60', '90'])
    .default('30')
    .transform((text) => (text === 'expired' ? text : (Number(text) as Exclude<ExpiryWindow, 'expired'>))),
  page: queryInteger(1, 1_000_000_000).default(1),
})
