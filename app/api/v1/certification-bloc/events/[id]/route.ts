import { deleteBlocEvent, retryBlocEvent } from '@/domain/certification-bloc/commands'
import { getBlocEvent } from '@/domain/certification-bloc/queries'
import {
  blocEventDetail,
  blocEventParams,
  deletedBlocEvent,
  putBlocEventBody,
  retriedBlocEvent,
} from '@/domain/certification-bloc/schema'
import { read, resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get one BLoC event whole',
      description: 'With what a renewal was fixed to, or why the event could not be applied.',
      params: blocEventParams,
      response: blocEventDetail,
      notFound: 'event_not_found',
    },
    (db, call, { params }) => getBlocEvent(db, call, params.id),
  ),
  PUT: write(
    {
      summary: 'Replay or retry a BLoC event',
      params: blocEventParams,
      body: putBlocEventBody,
      response: retriedBlocEvent,
      notFound: 'event_not_found',
      errors: ['precondition_failed'],
    },
    (tx, call, { params }) => retryBlocEvent(tx, call, params.id),
  ),
  DELETE: write(
    {
      summary: 'Remove a BLoC event from history',
      params: blocEventParams,
      response: deletedBlocEvent,
      notFound: 'event_not_found',
      errors: ['precondition_failed'],
    },
    (tx, call, { params }) => deleteBlocEvent(tx, call, params.id),
  ),
})
