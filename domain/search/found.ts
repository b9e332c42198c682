import 'server-only'
import { statusAt } from '@/domain/certifications/expiry-rules'
import { type Instant, wireTime } from '@/lib/instant'
import type {
  FoundBlocEvent,
  FoundCertification,
  FoundDuplicate,
  FoundMentor,
  FoundSyncEvent,
  SearchGroup,
  SearchResults,
} from './schema'

/** One thing that was found, of whatever kind. */
export interface FoundRow {
  readonly found_in: SearchGroup
  /** Of the sources of its group; within one `place` counts. */
  readonly source: number
  readonly place: number
  readonly id: string
  readonly mentor_id: string
  readonly mentor_name: string
  /** What the group's lines show: when it expires, arrived or was fired. */
  readonly at: Instant | null
  readonly revoked_at: Instant | null
  readonly facts: Readonly<Record<string, unknown>>
}

type Items = { [Group in SearchGroup]: (row: FoundRow, now: Instant) => SearchResults[Group]['data'][number] }

const ITEMS: Items = {
  mentors: ({ mentor_id, mentor_name, facts }) =>
    ({
      mentor_id,
      full_name: mentor_name,
      email: facts.email,
      status: facts.paused ? 'paused' : 'active',
    }) as FoundMentor,
  certifications: ({ id, mentor_id, mentor_name, facts, at, revoked_at }, now) =>
    ({
      certification_id: id,
      mentor_id,
      mentor_name,
      certification_type: facts.certification_type,
      status: statusAt({ revoked_at, expires_at: timeOf(at) }, now),
      expires_at: wireTime(timeOf(at)),
    }) as FoundCertification,
  sync_events: ({ id, mentor_id, mentor_name, facts, at }) =>
    ({
      sync_event_id: id,
      mentor_id,
      mentor_name,
      event_type: facts.event_type,
      origin: facts.origin,
      accepted: facts.accepted,
      acknowledged: facts.acknowledged,
      words: facts.words,
      server_timestamp: wireTime(timeOf(at)),
    }) as FoundSyncEvent,
  bloc_events: ({ id, mentor_id, mentor_name, facts, at }) =>
    ({
      id,
      mentor_id,
      mentor_name,
      event_type: facts.event_type,
      processed: facts.processed,
      fired_at: wireTime(timeOf(at)),
    }) as FoundBlocEvent,
  duplicates: ({ id, mentor_id, mentor_name, facts }) =>
    ({
      id,
      mentor_id,
      mentor_name,
      event_type: facts.event_type,
      state: facts.state,
      title: facts.title,
      date: facts.date,
    }) as FoundDuplicate,
}

/** One group of an answer: each thing once, where it ranks best. `cut` says that not every mentor was looked at. */
export function toGroup<Group extends SearchGroup>(
  group: Group,
  rows: readonly FoundRow[],
  { limit, cut, now }: { limit: number; cut: boolean; now: Instant },
): SearchResults[Group] {
  const mine = rows.filter(({ found_in }) => found_in === group)
  mine.sort((a, b) => a.source - b.source || a.place - b.place)
  const seen = new Set<string>()
  const each = mine.filter(({ id }) => !seen.has(id) && seen.add(id))
  const data = each.slice(0, limit).map((row) => ITEMS[group](row, now))
  return { data, more: each.length > limit || (cut && group !== 'bloc_events') } as SearchResults[Group]
}

function timeOf(at: Instant | null): Instant {
  if (at === null) throw new Error('a source of dated records gave none')
  return at
}
