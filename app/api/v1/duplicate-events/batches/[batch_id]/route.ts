import { getBatch } from '@/domain/duplicate-events/batch-rows'
import { batchParams, duplicateBatch } from '@/domain/duplicate-events/batch-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get a batch of decisions and where it stands',
      params: batchParams,
      notFound: 'batch_not_found',
      response: duplicateBatch,
    },
    (db, call, { params }) => getBatch(db, call, params.batch_id),
  ),
})
