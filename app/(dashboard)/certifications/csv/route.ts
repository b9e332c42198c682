import { getTranslations } from 'next-intl/server'
import { readAllWarnings } from '@/domain/certifications/warning-queries'
import { warningsQuery } from '@/domain/certifications/warning-schema'
import { requireSettings } from '@/domain/organisations/queries'
import { downloadCsv } from '@/lib/csv-download'
import { pageDb } from '@/lib/page-call'
import { readView, searchParamsOf } from '@/lib/view-query'
import { warningColumns } from './columns'

export function GET(request: Request): Promise<Response> {
  return downloadCsv(request, async (call) => {
    const t = await getTranslations()
    const { time_zone: timeZone } = await requireSettings(pageDb(), call)
    const { query } = readView(warningsQuery, searchParamsOf(request))
    return {
      name: t('csv.files.certifications'),
      timeZone,
      columns: warningColumns(t, timeZone),
      read: (snapshot) => readAllWarnings(snapshot, call, query),
    }
  })
}
