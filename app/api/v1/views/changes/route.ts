import { listChanges } from '@/domain/changes/queries'
import { changeList, changeListQuery } from '@/domain/changes/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List who changed what, when, from what to what',
      description:
        'The audit trail as the coordinators filter it. A program that follows what happens reads `/api/v1/changes` instead.',
      query: changeListQuery,
      response: changeList,
    },
    async (db, call, { query }) => ({ body: await listChanges(db, call, query) }),
  ),
})
