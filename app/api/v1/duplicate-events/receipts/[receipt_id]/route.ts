import { getDuplicateReceipt } from '@/domain/duplicate-events/decided-queries'
import { duplicateReceipt, receiptParams } from '@/domain/duplicate-events/review-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Get the receipt of a decision',
      description: 'What was kept, filled, replaced and dropped, with every value; also of decisions taken back.',
      params: receiptParams,
      notFound: 'receipt_not_found',
      response: duplicateReceipt,
    },
    (db, call, { params }) => getDuplicateReceipt(db, call, params.receipt_id),
  ),
})
