import { getTranslations } from 'next-intl/server'
import { readSyncInbox } from '@/domain/mentor-status-sync/inbox-queries'
import { syncInboxQuery } from '@/domain/mentor-status-sync/inbox-schema'
import { requireSettings } from '@/domain/organisations/queries'
import { downloadCsv } from '@/lib/csv-download'
import { pageDb } from '@/lib/page-call'
import { readView, searchParamsOf } from '@/lib/view-query'
import { inboxColumns } from './columns'

export function GET(request: Request): Promise<Response> {
  return downloadCsv(request, async (call) => {
    const t = await getTranslations()
    const { time_zone: timeZone } = await requireSettings(pageDb(), call)
    const { query } = readView(syncInboxQuery, searchParamsOf(request))
    return {
      name: t('csv.files.syncEvents'),
      timeZone,
      columns: inboxColumns(t, timeZone),
      read: (snapshot) => readSyncInbox(snapshot, call, query),
    }
  })
}
