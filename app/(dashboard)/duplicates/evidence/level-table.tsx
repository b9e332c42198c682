import { useFormatter, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { DuplicateEvidenceView } from '@/domain/duplicate-events/review-schema'
import { TELLING } from '@/domain/duplicate-events/weights'
import { useLevelText } from '../why'
import { ShareBar } from './share-bar'

type Level = DuplicateEvidenceView['levels'][number]

/** Of each thing that a comparison can find: how far it speaks for or against, and how often that has been right. */
export function LevelTable({ levels }: { levels: readonly Level[] }) {
  const t = useTranslations('accuracy')
  const comparisonText = useComparisonText()
  const levelText = useLevelText()
  const columns: Column<Level>[] = [
    {
      id: 'level',
      header: t('finding'),
      role: 'lead',
      cell: (one) => (
        <span className="block">
          {levelText(one)}
          <span className="block font-normal text-muted text-xs">{comparisonText(one.field)}</span>
        </span>
      ),
    },
    { id: 'weight', header: t('speaks'), cell: ({ weight }) => <Speaks weight={weight} /> },
    {
      id: 'right',
      header: t('right'),
      cell: ({ weight, decided, one_session }) =>
        isNeither(weight) ? (
          <span className="tabular text-muted">{t('neither', { count: one_session, decided })}</span>
        ) : (
          <ShareBar count={weight > 0 ? one_session : decided - one_session} decided={decided} />
        ),
    },
  ]
  return (
    <DataTable
      caption={t('levelCaption')}
      columns={columns}
      rows={levels}
      rowKey={({ field, level }) => `${field} ${level}`}
    />
  )
}

/** The comparison by its name; a newer one goes by the name it has in the API. */
function useComparisonText(): (field: string) => string {
  const t = useTranslations('duplicates')
  return (field) => {
    const key = `comparisons.${field as 'mentor'}` as const
    return t.has(key) ? t(key) : field
  }
}

function isNeither(weight: number | null): weight is null {
  return weight === null || Math.abs(weight) < TELLING
}

function Speaks({ weight }: { weight: number | null }) {
  const t = useTranslations('accuracy')
  const format = useFormatter()
  if (weight === null) return <span className="text-muted">{t('unused')}</span>
  const number = format.number(weight, { signDisplay: 'exceptZero', maximumFractionDigits: 1 })
  const direction = isNeither(weight) ? 'neutral' : weight > 0 ? 'for' : 'against'
  return (
    <span className="tabular whitespace-nowrap">
      {t(direction)} <span className="text-muted">({number})</span>
    </span>
  )
}
