import type { ChangeRow, DuplicateEventRow, JobRunRow, MentorRow } from './rows'
import { DAY, timestamp } from './time'
import type { Command, LoggedChange } from './world'

/** How far back the change log of a small organisation tells, and of a large one; older history only raised the revisions. */
const LOGGED_DAYS = { small: 400, large: 42 }

/**
 * Numbers each mentor's commands in the order of time, sets the mentor's revision and the time of its last change, and
 * returns the rows of the change log, oldest first.
 */
export function numberCommands(commands: readonly Command[], mentors: readonly MentorRow[], now: number): ChangeRow[] {
  const rows: ChangeRow[] = []
  const logged = loggedFrom(mentors.length, now)
  const ordered = [...commands].sort((a, b) => a.at - b.at)
  ordered.forEach(({ mentor_key, at, actor, changes }, index) => {
    const mentor = mentors[mentor_key - 1] as MentorRow
    mentor.revision++
    mentor.updated_at = timestamp(at)
    if (at < logged) return
    const request_id = `sample-${index + 1}`
    for (const change of changes) {
      rows.push({ ...change, mentor_key, revision: mentor.revision, actor, at: timestamp(at), request_id })
    }
  })
  return rows
}

function loggedFrom(mentors: number, now: number): number {
  return now - (mentors <= 1000 ? LOGGED_DAYS.small : LOGGED_DAYS.large) * DAY
}

/** The change log with the end of each run in it, oldest first; `mentors` is how many the organisation has. */
export function addRuns(
  rows: readonly ChangeRow[],
  runs: readonly JobRunRow[],
  mentors: number,
  now: number,
): ChangeRow[] {
  const ended = runs.filter(({ completed_at }) => {
    const at = Date.parse(completed_at)
    return at >= loggedFrom(mentors, now) && at <= now
  })
  const ends = ended.map(
    ({ id, dry_run, actor, completed_at, expired_found, auto_paused }): ChangeRow => ({
      type: 'job_run',
      id,
      action: dry_run ? 'planned' : 'completed',
      before: null,
      after: dry_run ? { expired_found } : { expired_found, auto_paused },
      mentor_key: null,
      revision: null,
      actor,
      at: completed_at,
      request_id: `sample-${id}`,
    }),
  )
  return [...rows, ...ends].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** What the checks and decisions did, one command a step; `activityIds` are those of the activities by their keys. */
export function commandsOfChecks(events: readonly DuplicateEventRow[], activityIds: readonly string[]): Command[] {
  return events.flatMap((event) => {
    const sent = Date.parse(event.dispatched_at)
    const log = (at: number, actor: string, ...changes: LoggedChange[]): Command => ({
      mentor_key: event.mentor_key,
      at,
      actor,
      changes,
    })
    if (event.event_type === 'merge') return [log(sent, 'phone', changeOf(event, 'dispatched', null, event.state))]
    const commands = [log(sent, 'phone', changeOf(event, 'dispatched', null, 'checking'))]
    if (event.state === 'clear') {
      const activity_id = activityIds[(event.activity_key ?? 0) - 1]
      const cleared = { ...changeOf(event, 'cleared', 'checking', 'clear'), after: { state: 'clear', activity_id } }
      commands.push(log(sent + 900, 'duplicate-check', cleared))
    } else {
      commands.push(
        log(sent + 900, 'duplicate-check', changeOf(event, 'duplicate_found', 'checking', 'duplicate_found')),
      )
    }
    if (event.taken_back && event.last_updated_at !== null) {
      const { resolution, receipt, decided_at } = event.taken_back
      const decided = { ...event, resolution, receipt, resolved_by: 'open' }
      commands.push(
        log(Date.parse(decided_at), 'open', changeOf(decided, 'resolved', 'duplicate_found', 'resolved')),
        log(Date.parse(event.last_updated_at), 'open', changeOf(decided, 'undone', 'resolved', 'duplicate_found')),
      )
    }
    if (event.state === 'resolved' && event.last_updated_at !== null) {
      const resolved = changeOf(event, 'resolved', 'duplicate_found', 'resolved')
      commands.push(log(Date.parse(event.last_updated_at), event.resolved_by ?? 'open', resolved))
    }
    return commands
  })
}

type State = DuplicateEventRow['state'] | 'checking'

function changeOf(event: DuplicateEventRow, action: string, before: State | null, after: State): LoggedChange {
  const as = (state: State) => ({
    event_type: event.event_type,
    activity_type_id: event.activity_type_id,
    date: event.date,
    draft_activity: event.draft,
    state,
    duplicate_check_id: event.check_number === null ? null : `dc-${event.check_number}`,
    annotation: state === 'resolved' ? event.annotation : null,
    ...(state === 'resolved' && {
      resolution: event.resolution,
      resolved_by: event.resolved_by,
      ...(event.receipt && { receipt: event.receipt }),
    }),
  })
  return { type: 'duplicate_event', id: `evt-${event.number}`, action, before: before && as(before), after: as(after) }
}
