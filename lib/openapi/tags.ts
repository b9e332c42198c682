/** The contracts, then what goes beyond them, in the order of the reference. */
export const TAGS: Record<string, string> = {
  certifications: 'Certification records, and the job that pauses mentors whose certification has expired.',
  'certification-bloc': 'Certification state as the app sees it, and the events that made it.',
  'peer-mentor-bloc': "One mentor's merged detail, cached as a snapshot.",
  'mentor-status-sync': 'Pauses and resumes that phones and the server tell each other.',
  'duplicate-events': 'Activities that may have been entered twice, and what was decided about them.',
  mentors: 'Who the mentors are.',
  views: 'What the screens show, for programs as well: rows, counts, and what matched when a list was read.',
  settings: 'What an organisation has set for itself.',
  search: 'Finds mentors, certifications and events by words and ids.',
  changes: 'Everything that has changed since a cursor.',
  reference: 'This document.',
  operations: 'For whoever runs the server.',
}

/** The tag of a path: the contract that it belongs to. */
export function tagOf(path: string): string {
  const service = /^\/api\/v1\/([^/]+)/.exec(path)?.[1]
  if (service === undefined) return 'operations'
  return service in TAGS ? service : 'reference'
}
