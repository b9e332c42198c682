import { useFormatter, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { DuplicateEvidenceView } from '@/domain/duplicate-events/review-schema'
import { ShareBar } from './share-bar'

type Band = DuplicateEvidenceView['bands'][number]

/** How often it was one session, beside how sure the check had been: where the two agree, the check can be believed. */
export function BandTable({ bands }: { bands: readonly Band[] }) {
  const t = useTranslations('accuracy')
  const format = useFormatter()
  const percent = (value: number) => format.number(value, { style: 'percent', maximumFractionDigits: 1 })
  const columns: Column<Band>[] = [
    {
      id: 'band',
      header: t('band'),
      role: 'lead',
      cell: ({ from, to }) => (
        <span className="tabular whitespace-nowrap">{t('bandOf', { from: percent(from), to: percent(to) })}</span>
      ),
    },
    {
      id: 'share',
      header: t('oneSession'),
      cell: ({ from, to, decided, one_session }) => (
        <ShareBar count={one_session} decided={decided} expected={{ from, to }} />
      ),
    },
  ]
  return <DataTable caption={t('bandCaption')} columns={columns} rows={bands} rowKey={({ from }) => String(from)} />
}
