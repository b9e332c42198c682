export const STATES = ['checking', 'duplicate_found', 'clear', 'resolved', 'failed'] as const
export type DuplicateState = (typeof STATES)[number]

export const RESOLUTIONS = ['merge', 'keep_both', 'co_led', 'discard_draft'] as const
/** What a coordinator may decide about a duplicate. */
export type Resolution = (typeof RESOLUTIONS)[number]

/** Moves that a client may ask for. From `checking` only by way of the check's end; from `resolved` back to where it came from. */
const MOVES: Readonly<Record<DuplicateState, readonly DuplicateState[]>> = {
  checking: ['resolved'],
  duplicate_found: ['resolved'],
  clear: ['resolved'],
  resolved: [],
  failed: ['checking'],
}

/** The states that a client may move the event to. `resolvedFrom` is where an undo leads, null where there is none. */
export function allowedMoves(state: DuplicateState, resolvedFrom: DuplicateState | null): readonly DuplicateState[] {
  return state === 'resolved' && resolvedFrom !== null ? [resolvedFrom] : MOVES[state]
}

/** What can be decided about a draft and the activity it may duplicate; null where that is still a draft itself. */
export function allowedResolutions(
  draftMentor: string,
  activity: { readonly mentor_id: string; readonly co_leaders: readonly string[] } | null,
): readonly Resolution[] {
  if (!activity) return ['keep_both', 'discard_draft']
  const credited = activity.mentor_id === draftMentor || activity.co_leaders.includes(draftMentor)
  // one mentor cannot have led a session together with themselves
  return credited ? RESOLUTIONS.filter((resolution) => resolution !== 'co_led') : RESOLUTIONS
}
