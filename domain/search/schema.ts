import { z } from 'zod'
import { certificationStatus } from '@/domain/certifications/schema'
import { mentorId, mentorStatus } from '@/domain/mentors/schema'
import { calendarDate, queryInteger, wireInstant } from '@/lib/wire'

export const searchQuery = z.object({
  q: z
    .string()
    .trim()
    .min(1, 'Expected 1 to 200 characters')
    .max(200, 'Expected 1 to 200 characters')
    .meta({
      description:
        'Words in any order, without regard to case and accents, each part of a name, an e-mail address or an id; or an id, or its beginning. Of more than six words the six longest count. Reasons, notes and titles are looked through from three letters on.',
      examples: ['kari nord'],
    }),
  limit: queryInteger(1, 50).default(6).meta({ description: 'Results a group.' }),
})
export type SearchQuery = z.output<typeof searchQuery>

const mentor = z.strictObject({
  mentor_id: mentorId,
  full_name: z.string(),
  email: z.string().nullable(),
  status: mentorStatus,
})

const ofMentor = { mentor_id: mentorId, mentor_name: z.string() }

const certification = z.strictObject({
  certification_id: z.string(),
  ...ofMentor,
  certification_type: z.string(),
  status: certificationStatus,
  expires_at: wireInstant,
})

const syncEvent = z.strictObject({
  sync_event_id: z.string(),
  ...ofMentor,
  event_type: z.enum(['PauseMentorEvent', 'ResumeMentorEvent']),
  origin: z.enum(['app', 'server']),
  accepted: z.boolean(),
  acknowledged: z.boolean(),
  words: z.string().nullable().meta({ description: 'The beginning of the note, else of the reason.' }),
  server_timestamp: wireInstant,
})

const blocEvent = z.strictObject({
  id: z.string().meta({ examples: ['evt-bloc-0091'] }),
  ...ofMentor,
  event_type: z.enum(['LoadCertificationEvent', 'EnrolInCourseEvent', 'RecordRenewalEvent']),
  processed: z.boolean(),
  fired_at: wireInstant,
})

const duplicate = z.strictObject({
  id: z.string().meta({ examples: ['evt-5503'] }),
  ...ofMentor,
  event_type: z.enum(['check', 'merge']),
  state: z.enum(['checking', 'duplicate_found', 'clear', 'resolved', 'failed']),
  title: z.string().nullable().meta({ description: 'Of the draft.' }),
  date: calendarDate,
})

function group<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    data: z.array(item),
    more: z.boolean().meta({ description: 'Whether there are, or may be, others that match.' }),
  })
}

/** Each group best first: exact ids, names that begin with the words, words that begin with them, then the rest. */
export const searchResults = z.strictObject({
  mentors: group(mentor),
  certifications: group(certification),
  sync_events: group(syncEvent),
  bloc_events: group(blocEvent).meta({ description: 'Events of `certification-bloc`, found by their id only.' }),
  duplicates: group(duplicate),
})
export type SearchResults = z.output<typeof searchResults>
export type SearchGroup = keyof SearchResults
export type FoundMentor = z.output<typeof mentor>
export type FoundCertification = z.output<typeof certification>
export type FoundSyncEvent = z.output<typeof syncEvent>
export type FoundBlocEvent = z.output<typeof blocEvent>
export type FoundDuplicate = z.output<typeof duplicate>
