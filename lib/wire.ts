import { z } from 'zod'
import { type Instant, parseInstant } from './instant'

/** Input: RFC 3339 with an offset, stored to the microsecond. */
export const instantInput = z
  .string()
  .max(64)
  .transform((text, context): Instant => {
    const instant = parseInstant(text)
    if (instant && instant >= '1900') return instant
    context.addIssue({
      code: 'custom',
      message: 'Expected a time after 1900 with an offset, such as 2026-03-26T10:00:00Z',
    })
    return z.NEVER
  })
  .meta({ override: { type: 'string', format: 'date-time' }, examples: ['2026-03-26T10:00:00Z'] })

/** Output: UTC with whole seconds. */
export const wireInstant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  .meta({ override: { type: 'string', format: 'date-time' }, examples: ['2026-03-26T10:00:00Z'] })

/** Input and output: a calendar date that exists, years 1900 to 9999. */
export const calendarDate = z.iso
  .date('Expected a date that exists, such as 2026-03-26')
  .refine((date) => date >= '1900', 'Expected a date after 1900')
  .meta({ override: { type: 'string', format: 'date' }, examples: ['2026-03-26'] })

/** A whole number in a query string. */
export function queryInteger(minimum: number, maximum: number) {
  const message = `Expected a whole number from ${minimum} to ${maximum}`
  return z
    .string()
    .regex(/^-?\d{1,10}$/, message)
    .transform(Number)
    .pipe(z.number().min(minimum, message).max(maximum, message))
    .meta({ override: { type: 'integer', minimum, maximum } })
}

/** `true` or `false` in a query string. */
export const queryBoolean = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ override: { type: 'boolean' } })

/**
 * The parameters that every list takes, with its own sortable fields: `field` ascending, `-field` descending.
 * `standard` is the order without `sort`.
 */
export function listQuery<const Field extends string>(fields: readonly Field[], standard: Field | `-${Field}`) {
  const sorts = fields.flatMap((field) => [field, `-${field}` as const])
  return {
    page: queryInteger(1, 1_000_000_000).default(1).meta({ description: 'From 1. A page past the end is empty.' }),
    limit: queryInteger(1, 100).default(20).meta({ description: 'Rows a page.' }),
    sort: z
      .enum(sorts as [Field | `-${Field}`, ...(Field | `-${Field}`)[]])
      .default(standard as never)
      .meta({ description: 'A field, with - in front for descending; ties are broken by id.' }),
  }
}

export interface PageQuery {
  page: number
  limit: number
}

/** When and at which state of the database a view was read; of two, the later read compares as the greater. */
export const asOf = z
  .string()
  .max(10_000)
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z~[\w-]{10}~\d{1,19}:\d{1,19}:[\d,]*$/,
    'Expected the as_of of a view, unchanged',
  )
  .meta({ description: 'When this was read. Hand it on as it is: whatever came later is then left alone.' })

/** The answer of every list: its rows and the exact number of all that match. */
export function listResponse<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    data: z.array(item),
    pagination: z.strictObject({ page: z.int(), limit: z.int(), total: z.int() }),
  })
}

export interface List<Item> {
  data: Item[]
  pagination: { page: number; limit: number; total: number }
}

export function listOf<Item>(data: Item[], query: PageQuery, total: number): List<Item> {
  return { data, pagination: { page: query.page, limit: query.limit, total } }
}
