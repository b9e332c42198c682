/** A view of a list that somebody has given a name: the search parameters of its address, without the page. */
export interface SavedView {
  readonly name: string
  readonly query: string
}

export interface SavedViews {
  readonly views: readonly SavedView[]
  /** What is stored cannot be read: of a newer version of this app, or damaged. It is kept, and never written over. */
  readonly unreadable: boolean
}

// raised when what is stored takes another form
const SCHEMA_VERSION = 1
const NAME_LENGTH = 60
const QUERY_LENGTH = 4000

export const NO_VIEWS: SavedViews = { views: [], unreadable: false }

/** Reads what is stored for a screen. Never throws. */
export function parseSavedViews(stored: string | null): SavedViews {
  if (stored === null) return NO_VIEWS
  try {
    const { schema_version, views } = JSON.parse(stored) as { schema_version?: unknown; views?: unknown }
    if (schema_version === SCHEMA_VERSION && Array.isArray(views) && views.every(isView)) {
      return { views: views.map(({ name, query }) => ({ name, query })), unreadable: false }
    }
  } catch {
    // not JSON at all
  }
  return { views: [], unreadable: true }
}

function isView(value: unknown): value is SavedView {
  const { name, query } = (value ?? {}) as Partial<SavedView>
  return typeof name === 'string' && name !== '' && typeof query === 'string' && query.length <= QUERY_LENGTH
}

export function writeSavedViews(views: readonly SavedView[]): string {
  return JSON.stringify({ schema_version: SCHEMA_VERSION, views })
}

/** A name as it is kept: without blanks around it, and of a length that fits. */
export function viewName(typed: string): string {
  return typed.trim().replace(/\s+/g, ' ').slice(0, NAME_LENGTH)
}

/** The view of this name, whatever the case: two that differ in nothing else would be taken for each other. */
export function findView(views: readonly SavedView[], name: string): SavedView | undefined {
  return views.find((view) => view.name.toLocaleLowerCase() === name.toLocaleLowerCase())
}

/** With the view under its name, in the place of one of that name or at the end. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const held = findView(views, view.name)
  return held ? views.map((one) => (one === held ? view : one)) : [...views, view]
}

export function withoutView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name)
}

/** With another name for a view; another one that has it already gives way. */
export function renameView(views: readonly SavedView[], from: string, to: string): SavedView[] {
  const taken = findView(views, to)
  return views
    .filter((view) => view !== taken || view.name === from)
    .map((view) => (view.name === from ? { ...view, name: to } : view))
}

/** What of an address makes the view: its search parameters, those of pages apart. */
export function viewQuery(search: string): string {
  const query = new URLSearchParams(search)
  for (const name of [...query.keys()]) {
    if (name === 'page' || name.endsWith('_page') || query.get(name) === '') query.delete(name)
  }
  query.sort()
  return query.toString()
}
