import type { Activity } from '@/domain/activities/queries'
import { AppError } from '@/lib/errors'
import type { BatchItem } from './batch-schema'
import { alreadyResolved, type Chosen, movedOn } from './choose'
import { type EventRow, eventId } from './event-row'
import { draftFields, dropLines, isBlank, planMerge } from './merge-plan'
import type { Resolution } from './states'

/** Names of the fields that a decision touches. */
export type Touched = Omit<NonNullable<BatchItem['plan']>, 'countable_change'>

export interface PlannedDecision {
  readonly touched: Touched
  /** The activity as it is after a merge: what a later draft of the same plan is merged into. */
  readonly after: Activity | null
}

const NOTHING: Touched = { filled: [], replaced: [], dropped: [] }

/** What carrying the decision out does to the activity that was chosen; without choices of single fields. */
export function planDecision(event: EventRow, { activity }: Chosen, resolution: Resolution): PlannedDecision {
  const draft = draftFields(event.draft ?? {}, event)
  if (resolution === 'keep_both') return { touched: NOTHING, after: null }
  if (resolution === 'discard_draft' || !activity) {
    return { touched: { ...NOTHING, dropped: dropLines(draft).map(({ field }) => field) }, after: null }
  }
  const { fields, lines } = planMerge(draft, activity, {})
  const named = (outcome: string) => lines.filter((line) => line.outcome === outcome)
  const credited = activity.mentor_id === event.peer_id || activity.co_leaders.includes(event.peer_id)
  const coLed = resolution === 'co_led' && !credited
  const lost = named('kept').filter((line) => !isBlank(line.draft))
  return {
    touched: {
      filled: named('filled').map(({ field }) => field),
      replaced: named('replaced').map(({ field }) => field),
      dropped: [...(credited || coLed ? [] : ['mentor_id']), ...lost.map(({ field }) => field)],
    },
    after: {
      ...activity,
      ...fields,
      ...(coLed && { co_leaders: [...activity.co_leaders, event.peer_id] }),
    },
  }
}

/** Throws where a single decision about this event would be refused before anything is chosen. */
export function requireWaiting(event: EventRow, checkedAgain: boolean): void {
  if (event.state === 'resolved') throw alreadyResolved(event)
  if (checkedAgain) throw movedOn(`What ${eventId(event)} may duplicate is being looked for again.`)
  if (event.state === 'duplicate_found') return
  throw new AppError(
    'transition_not_allowed',
    `${eventId(event)} is ${event.state}: it waits for no decision. Nothing was stored.`,
  )
}

/** True where a decision touches the very fields that were planned. */
export function isAsPlanned(planned: Touched | null, now: Touched): boolean {
  const names = ({ filled, replaced, dropped }: Touched) => JSON.stringify([filled, replaced, dropped])
  return planned !== null && names(planned) === names(now)
}
