import { getFormatter, getTranslations } from 'next-intl/server'
import { factWords } from '@/components/change-facts'
import { readAllChanges } from '@/domain/changes/queries'
import { changeListQuery } from '@/domain/changes/schema'
import { requireSettings } from '@/domain/organisations/queries'
import { downloadCsv } from '@/lib/csv-download'
import { pageDb } from '@/lib/page-call'
import { readView, searchParamsOf } from '@/lib/view-query'
import { readTypeNames } from '../../duplicates/type-names'
import { changeColumns } from './columns'

export function GET(request: Request): Promise<Response> {
  return downloadCsv(request, async (call) => {
    const t = await getTranslations()
    const format = await getFormatter()
    const { time_zone: timeZone } = await requireSettings(pageDb(), call)
    const { query } = readView(changeListQuery, searchParamsOf(request))
    const facts = factWords(t, format, await readTypeNames())
    return {
      name: t('csv.files.changes'),
      timeZone,
      columns: changeColumns({ t, format, facts, timeZone }),
      read: (snapshot) => readAllChanges(snapshot, call, query),
    }
  })
}
