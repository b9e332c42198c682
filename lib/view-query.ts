import type { z } from 'zod'

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>

export interface View<Query> {
  readonly query: Query
  /** Parameters whose value makes no sense: they count as absent, and the screen says so. */
  readonly refused: readonly string[]
}

/**
 * What an address asks a screen to show. Never throws for anything that can stand in an address: a wrong value gives way
 * to the standard one, an empty one (a form sends every field) counts as absent, of a repeated one the first counts.
 * Every key of `schema` must be optional or have a default.
 */
export function readView<Schema extends z.ZodObject>(schema: Schema, params: SearchParams): View<z.output<Schema>> {
  const given: Record<string, string> = {}
  for (const name of Object.keys(schema.shape)) {
    const value = [params[name]].flat()[0]?.trim()
    if (value) given[name] = value
  }
  const parsed = schema.safeParse(given)
  if (parsed.success) return { query: parsed.data, refused: [] }
  const refused = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))]
  const sound = Object.fromEntries(Object.entries(given).filter(([name]) => !refused.includes(name)))
  return { query: schema.parse(sound), refused }
}

/** The search parameters of a request, as pages get them. */
export function searchParamsOf(request: Request): SearchParams {
  const given = new URL(request.url).searchParams
  return Object.fromEntries([...given.keys()].map((name) => [name, given.getAll(name)]))
}
