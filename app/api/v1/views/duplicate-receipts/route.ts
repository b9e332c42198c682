import { viewDuplicateReceipts } from '@/domain/duplicate-events/decided-queries'
import { duplicateReceiptList, duplicateReceiptsQuery } from '@/domain/duplicate-events/review-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'List the decisions about duplicates',
      description: 'Those taken back are kept and shown as well. Each receipt says in full what its decision did.',
      query: duplicateReceiptsQuery,
      response: duplicateReceiptList,
    },
    (db, call, { query }) => viewDuplicateReceipts(db, call, query),
  ),
})
