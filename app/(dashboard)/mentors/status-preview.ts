import type { SyncEventType } from '@/domain/mentor-status-sync/schema'
import type { MentorListItem, MentorsView } from '@/domain/mentors/schema'

/** A row as it will be once the event has been accepted. */
function after(row: MentorListItem, event: SyncEventType): MentorListItem {
  const others = row.causes.filter((cause) => cause !== 'by_hand')
  const causes: MentorListItem['causes'] = event === 'PauseMentorEvent' ? ['by_hand', ...others] : others
  return { ...row, causes, status: causes.length > 0 ? 'paused' : 'active' }
}

/** The view as it will be, before the server has answered. */
export function previewStatus(view: MentorsView, ids: ReadonlySet<string>, event: SyncEventType): MentorsView {
  return { ...view, data: view.data.map((row) => (ids.has(row.mentor_id) ? after(row, event) : row)) }
}

/** The view with the rows of `ids` as they were in `earlier`. */
export function takeBack(view: MentorsView, ids: ReadonlySet<string>, earlier: readonly MentorListItem[]): MentorsView {
  const was = new Map(earlier.map((row) => [row.mentor_id, row]))
  return { ...view, data: view.data.map((row) => (ids.has(row.mentor_id) && was.get(row.mentor_id)) || row) }
}
