/** Something that was opened from the search, in this browser. */
export interface Opened {
  readonly group: 'mentors' | 'certifications' | 'sync_events' | 'bloc_events' | 'duplicates'
  readonly id: string
  readonly title: string
  readonly detail: string
  readonly href: string
}

const KEY = 'search.opened.1'
const MOST = 5

/** What was opened last, the latest first. Empty where the browser keeps nothing, or what it kept is of another form. */
export function readOpened(): Opened[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isOpened).slice(0, MOST) : []
  } catch {
    return []
  }
}

export function rememberOpened(opened: Opened): void {
  const others = readOpened().filter(({ group, id }) => group !== opened.group || id !== opened.id)
  try {
    localStorage.setItem(KEY, JSON.stringify([opened, ...others].slice(0, MOST)))
  } catch {
    // a browser that keeps nothing still searches
  }
}

const GROUPS = ['mentors', 'certifications', 'sync_events', 'bloc_events', 'duplicates']

function isOpened(value: unknown): value is Opened {
  if (typeof value !== 'object' || value === null) return false
  const { group, id, title, detail, href } = value as Record<string, unknown>
  const texts = [id, title, detail, href].every((one) => typeof one === 'string')
  // an address of ours, never a script or another site
  return texts && GROUPS.includes(String(group)) && /^\/(?!\/)/.test(String(href))
}
