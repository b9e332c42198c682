import type { Route } from 'next'

export type QueryValues = Readonly<Record<string, string | number | readonly string[] | null | undefined>>

/**
 * The address of a view: `current` search parameters with `changes` laid over them. Null, undefined and the empty
 * string take a parameter out, so that the same view has one address.
 */
export function queryHref(pathname: string, current: QueryValues, changes: QueryValues = {}): Route {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...current, ...changes })) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined && item !== '') query.append(name, String(item))
    }
  }
  return (query.size > 0 ? `${pathname}?${query}` : pathname) as Route
}
