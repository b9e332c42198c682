import { getFormatter, getTranslations } from 'next-intl/server'
import { readDuplicateQueue } from '@/domain/duplicate-events/queue-queries'
import { duplicateQueueQuery } from '@/domain/duplicate-events/review-schema'
import { requireSettings } from '@/domain/organisations/queries'
import { downloadCsv } from '@/lib/csv-download'
import { pageDb } from '@/lib/page-call'
import { readView, searchParamsOf } from '@/lib/view-query'
import { readTypeNames } from '../type-names'
import { reviewColumns } from './columns'

export function GET(request: Request): Promise<Response> {
  return downloadCsv(request, async (call) => {
    const t = await getTranslations()
    const { time_zone: timeZone } = await requireSettings(pageDb(), call)
    const { query } = readView(duplicateQueueQuery, searchParamsOf(request))
    return {
      name: t('csv.files.duplicates'),
      timeZone,
      columns: reviewColumns({ t, format: await getFormatter(), typeNames: await readTypeNames(), timeZone }),
      read: (snapshot) => readDuplicateQueue(snapshot, call, query),
    }
  })
}
