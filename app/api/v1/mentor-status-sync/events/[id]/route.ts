import { changeSyncEvent } from '@/domain/mentor-status-sync/commands/change-event'
import { deleteSyncEvent } from '@/domain/mentor-status-sync/commands/delete-event'
import { getSyncEvent } from '@/domain/mentor-status-sync/queries'
import {
  changedSyncEvent,
  deletedSyncEvent,
  putSyncEventBody,
  syncEventDetail,
  syncEventParams,
} from '@/domain/mentor-status-sync/schema'
import { read, resource, write } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get one sync event whole',
      description: 'Both times, the skew between them, the mentor’s words, the coordinator’s note and the verdict.',
      params: syncEventParams,
      response: syncEventDetail,
      notFound: 'event_not_found',
    },
    (db, call, { params }) => getSyncEvent(db, call, params.id),
  ),
  PUT: write(
    {
      summary: 'Acknowledge or annotate a sync event',
      params: syncEventParams,
      body: putSyncEventBody,
      response: changedSyncEvent,
      notFound: 'event_not_found',
      errors: ['precondition_failed'],
    },
    (tx, call, { params, body }) => changeSyncEvent(tx, call, params.id, body),
  ),
  DELETE: write(
    {
      summary: 'Remove a sync event record',
      params: syncEventParams,
      response: deletedSyncEvent,
      notFound: 'event_not_found',
      errors: ['precondition_failed'],
    },
    (tx, call, { params }) => deleteSyncEvent(tx, call, params.id),
  ),
})
