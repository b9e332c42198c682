import { services } from './services.js'

const doubled = new RegExp(`^(/api/v1/(?:${services.join('|')}))\\1(?=/|$)`)

/** `/api/v1/x/api/v1/x/…`, as the contracts document it, becomes `/api/v1/x/…`; any other path stays as it is. */
export function shortPath(path: string): string {
  return path.replace(doubled, '$1')
}
