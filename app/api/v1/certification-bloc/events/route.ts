import { recordBlocEvent } from '@/domain/certification-bloc/commands'
import { postBlocEventBody, postedBlocEvent } from '@/domain/certification-bloc/schema'
import { resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(
    {
      summary: 'Emit an event into the BLoC (LoadCertificationEvent, RecordRenewalEvent, EnrolInCourseEvent)',
      description: 'An event that cannot be applied now is stored with `processed` false and an `error`, for a retry.',
      body: postBlocEventBody,
      response: postedBlocEvent,
      status: 201,
      errors: ['mentor_not_found'],
    },
    (tx, call, { body }) => recordBlocEvent(tx, call, body),
  ),
})
