import { getTranslations } from 'next-intl/server'
import { getDuplicateReceipt } from '@/domain/duplicate-events/decided-queries'
import { requireSettings } from '@/domain/organisations/queries'
import { type CsvValue, csvTime } from '@/lib/csv'
import { downloadCsv } from '@/lib/csv-download'
import { pageDb } from '@/lib/page-call'
import { fieldLabel } from '../../../field-text'

interface Context {
  params: Promise<{ receiptId: string }>
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { receiptId } = await params
  return downloadCsv(request, async (call) => {
    const t = await getTranslations()
    const { time_zone: timeZone } = await requireSettings(pageDb(), call)
    const { body: receipt } = await getDuplicateReceipt(pageDb(), call, receiptId)
    type Line = (typeof receipt.content.lines)[number]
    const shownOf = (side: 'activity' | 'merged') => (line: Line) =>
      line.erased?.includes(side) ? `(${t('receipts.erasedValue')})` : cellOf(line[side])
    return {
      name: t('receipts.file'),
      timeZone,
      columns: [
        { header: t('receipts.id'), value: () => receipt.receipt_id },
        { header: t('duplicates.decision'), value: () => t(`status.resolution.${receipt.resolution}`) },
        { header: t('decided.when'), value: () => csvTime(receipt.decided_at, timeZone) },
        { header: t('csv.actor'), value: () => receipt.decided_by },
        { header: t('receipts.takenBack'), value: () => csvTime(receipt.undone_at, timeZone) },
        {
          header: t('duplicates.field'),
          value: ({ field, extra }: Line) => (extra ? field : fieldLabel(t, field)),
        },
        { header: t('duplicates.receipt.outcome'), value: ({ outcome }: Line) => t(`duplicates.outcome.${outcome}`) },
        { header: t('duplicates.draft'), value: ({ draft }: Line) => cellOf(draft) },
        { header: t('duplicates.kept'), value: shownOf('activity') },
        { header: t('duplicates.result'), value: shownOf('merged') },
      ],
      async *read() {
        yield receipt.content.lines
      },
    }
  })
}

function cellOf(value: unknown): CsvValue {
  if (value === undefined || value === null) return null
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
}
