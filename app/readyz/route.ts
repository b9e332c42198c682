import { documented } from '@/lib/openapi/documented'
import { findUnreadiness } from '@/lib/ready'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = documented(
  {
    summary: 'The database answers and all migrations are applied',
    responses: {
      200: { description: 'Requests are welcome.' },
      503: { description: 'Not yet, or no more; `reason` says why.' },
    },
  },
  async () => {
    const reason = await findUnreadiness()
    return reason === null
      ? Response.json({ status: 'ready' }, { headers: { 'cache-control': 'no-store' } })
      : Response.json(
          { status: 'not_ready', reason },
          { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '2' } },
        )
  },
)
