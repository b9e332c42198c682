import { countableBody, countableSettings } from '@/domain/activities/countable-schema'
import { getCountableSettings, updateCountableSettings } from '@/domain/activities/countable-settings'
import { read, resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read({ summary: 'Get what counts as an activity', response: countableSettings }, (db, call) =>
    getCountableSettings(db, call),
  ),
  PUT: write(
    {
      summary: 'Set what counts as an activity',
      description:
        'The organisation’s own reading, not an official one. Receipts keep what was counted when they were made.',
      body: countableBody,
      response: countableSettings,
      errors: ['precondition_failed'],
    },
    (tx, call, { body }) => updateCountableSettings(tx, call, body),
  ),
})
