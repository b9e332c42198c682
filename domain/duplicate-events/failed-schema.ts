import { z } from 'zod'
import { mentorId } from '@/domain/mentors/schema'
import { calendarDate, listQuery, listResponse, wireInstant } from '@/lib/wire'
import { activityTypeId, eventId } from './schema'

const failedEvent = z.strictObject({
  id: eventId,
  event_type: z.enum(['check', 'merge']),
  mentor_id: mentorId,
  mentor_name: z.string(),
  title: z.string().nullable(),
  activity_type_id: activityTypeId,
  date: calendarDate,
  dispatched_at: wireInstant,
  error: z.string().nullable(),
})
export type FailedEvent = z.output<typeof failedEvent>

export const failedEventsQuery = z.object(listQuery(['dispatched_at'], 'dispatched_at'))
export type FailedEventsQuery = z.output<typeof failedEventsQuery>
export const failedEventList = listResponse(failedEvent)
