import { metrics } from '@/lib/metrics'
import { documented } from '@/lib/openapi/documented'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = documented(
  {
    summary: 'Figures of this process for Prometheus',
    responses: { 200: { description: 'The text format of Prometheus.' } },
  },
  async () =>
    new Response(await metrics.registry.metrics(), {
      headers: { 'content-type': metrics.registry.contentType, 'cache-control': 'no-store' },
    }),
)
