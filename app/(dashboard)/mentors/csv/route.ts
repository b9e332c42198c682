import { getTranslations } from 'next-intl/server'
import { readAllMentors } from '@/domain/mentors/queries'
import { mentorExportQuery } from '@/domain/mentors/schema'
import { requireSettings } from '@/domain/organisations/queries'
import { downloadCsv } from '@/lib/csv-download'
import { pageDb } from '@/lib/page-call'
import { readView, searchParamsOf } from '@/lib/view-query'
import { mentorColumns } from './columns'

export function GET(request: Request): Promise<Response> {
  return downloadCsv(request, async (call) => {
    const t = await getTranslations()
    const { time_zone: timeZone } = await requireSettings(pageDb(), call)
    const { query } = readView(mentorExportQuery, searchParamsOf(request))
    return {
      name: t('csv.files.mentors'),
      timeZone,
      columns: mentorColumns(t, timeZone),
      read: (snapshot) => readAllMentors(snapshot, call, query),
    }
  })
}
