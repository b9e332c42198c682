/** A change, as far as the screens need it to know whether it is about them. */
export interface HeardChange {
  readonly type: string
  readonly id: string
  readonly mentor_id: string | null
}

/** What a screen or a view shows. */
export interface Concern {
  /** Only changes of these types; absent: all of them. */
  readonly types?: readonly string[] | undefined
  /** Only what concerns this mentor. */
  readonly mentorId?: string | undefined
}

const DUPLICATES = ['mentor', 'duplicate_event', 'activity', 'organisation']

const TYPES: Readonly<Record<string, readonly string[]>> = {
  counts: ['mentor', 'certification', 'sync_event', 'duplicate_event', 'activity'],
  'sync-inbox': ['mentor', 'sync_event'],
  'certification-warnings': ['mentor', 'certification'],
  'duplicate-queue': DUPLICATES,
  'returned-pairs': DUPLICATES,
  review: DUPLICATES,
}

/** What the view at `/api/v1/…/<name>?…` shows; what is not known here shows everything. */
export function concernOf(path: string): Concern {
  const { pathname, searchParams } = new URL(path, 'http://view')
  const name = pathname.split('/').at(-1) ?? ''
  // a draft of one mentor stands beside activities of others
  const mentorId = name === 'sync-inbox' ? (searchParams.get('mentor_id') ?? undefined) : undefined
  return { types: TYPES[name], mentorId }
}

export function isConcerned({ types, mentorId }: Concern, change: HeardChange): boolean {
  if (types && !types.includes(change.type)) return false
  return mentorId === undefined || change.mentor_id === null || change.mentor_id === mentorId
}
