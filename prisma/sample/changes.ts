import type { ChangeRow, DuplicateEventRow, MentorRow } from './rows'
import { DAY, timestamp } from './time'
import type { Command, LoggedChange } from './world'

/** The change log tells of the last six weeks; older history only raised the revisions. */
const LOGGED_DAYS = 42

/**
 * Numbers each mentor's commands in the order of time, sets the mentor's revision and the time of its last change, and
 * returns the rows of the change log, oldest first.
 */
export function numberCommands(commands: readonly Command[], mentors: readonly MentorRow[], now: number): ChangeRow[] {
  const rows: ChangeRow[] = []
  const ordered = [...commands].sort((a, b) => a.at - b.at)
  ordered.forEach(({ mentor_key, at, actor, changes }, index) => {
    const mentor = mentors[mentor_key - 1] as MentorRow
    mentor.revision++
    mentor.updated_at = timestamp(at)
    if (at < now - LOGGED_DAYS * DAY) return
    const request_id = `sample-${index + 1}`
    for (const change of changes) {
      rows.push({ ...change, mentor_key, revision: mentor.revision, actor, at: timestamp(at), request_id })
    }
  })
  return rows
}

/** What the checks and decisions did, one command a step; `activityIds` are those of the activities by their keys. */
export function commandsOfChecks(events: readonly DuplicateEventRow[], activityIds: readonly string[]): Command[] {
  return events.flatMap((event) => {
    const id = `evt-${event.number}`
    const activity_id = event.activity_key === null ? null : (activityIds[event.activity_key - 1] ?? null)
    const { event_type, activity_type_id, date, resolution } = event
    const log = (at: number, actor: string, ...changes: LoggedChange[]): Command => ({
      mentor_key: event.mentor_key,
      at,
      actor,
      changes,
    })
    const change = (action: string, before: object | null, after: object): LoggedChange => ({
      type: 'duplicate_event',
      id,
      action,
      before,
      after,
    })
    const sent = Date.parse(event.dispatched_at)
    const commands = [
      log(sent, 'phone', change('dispatched', null, { event_type, activity_type_id, date, state: 'checking' })),
    ]
    if (event.event_type === 'check') {
      const state = event.state === 'clear' ? 'clear' : 'duplicate_found'
      const found = change('checked', { state: 'checking' }, { state, ...(state === 'clear' && { activity_id }) })
      commands.push(log(sent + 900, 'duplicate-check', found))
    }
    if (event.state === 'resolved' && event.last_updated_at !== null) {
      const before = { state: event.resolved_from ?? 'checking' }
      const decided = change('resolved', before, { state: 'resolved', resolution, activity_id })
      commands.push(log(Date.parse(event.last_updated_at), event.resolved_by ?? 'open', decided))
    }
    return commands
  })
}
