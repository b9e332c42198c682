import { documented } from '@/lib/openapi/documented'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = documented(
  { summary: 'The process is up', responses: { 200: { description: 'It is.' } } },
  () => Response.json({ status: 'up' }, { headers: { 'cache-control': 'no-store' } }),
)
