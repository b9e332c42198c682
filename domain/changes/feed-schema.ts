import { z } from 'zod'
import { mentorId } from '@/domain/mentors/schema'
import { queryInteger } from '@/lib/wire'
import { changeEntry, changeListQuery } from './schema'

export const feedCursor = z
  .string()
  .regex(/^[\w-]{10}\.\d{1,19}\.\d{1,16}$/, 'Expected a cursor of this API, unchanged')
  .meta({
    description: 'A position in the changes: `Changes-Cursor` of any read, or `next` of a page.',
    examples: ['k3JdP0aZx9.48213.0'],
  })

export const feedFilters = {
  mentor_id: mentorId.optional().meta({ description: 'Only what concerns this mentor.' }),
  kind: changeListQuery.shape.kind,
}

export const feedQuery = z.object({
  since: feedCursor.optional().meta({ description: 'Without it: from the oldest change that is kept for the feed.' }),
  ...feedFilters,
  limit: queryInteger(1, 500).default(500).meta({ description: 'Changes a page.' }),
})
export type FeedQuery = z.output<typeof feedQuery>
export type FeedFilters = Pick<FeedQuery, 'mentor_id' | 'kind'>

export const feedChange = changeEntry.omit({ full_name: true, request_id: true })
export type FeedChange = z.output<typeof feedChange>

export const feedPage = z.strictObject({
  data: z.array(feedChange),
  next: feedCursor.meta({ description: 'Go on from here.' }),
  more: z.boolean().meta({ description: 'Whether more has been committed already; a page may be empty all the same.' }),
})
export type FeedPage = z.output<typeof feedPage>

export const streamQuery = z.object({
  since: feedCursor.optional().meta({ description: 'Without it, and without `Last-Event-ID`: from now on.' }),
  ...feedFilters,
})
export type StreamQuery = z.output<typeof streamQuery>
