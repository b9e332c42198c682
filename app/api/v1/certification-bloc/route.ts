import { listBlocEntries } from '@/domain/certification-bloc/queries'
import { blocEntryList, listBlocEntriesQuery } from '@/domain/certification-bloc/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List all certification BLoC state entries',
      description: 'Every mentor for whom an event or a certification exists.',
      query: listBlocEntriesQuery,
      response: blocEntryList,
    },
    (db, call, { query }) => listBlocEntries(db, call, query),
  ),
})
