import { listAutoPauseLogs } from '@/domain/expiry-job/queries'
import { autoPauseLogList, listLogsQuery } from '@/domain/expiry-job/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    { summary: 'List auto-pause event logs from expiry job runs', query: listLogsQuery, response: autoPauseLogList },
    (db, call, { query }) => listAutoPauseLogs(db, call, query),
  ),
})
