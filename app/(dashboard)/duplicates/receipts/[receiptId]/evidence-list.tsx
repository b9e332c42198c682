import { useFormatter, useTranslations } from 'next-intl'
import { DefinitionList } from '@/components/ui/definition-list'
import type { DuplicateReceipt } from '@/domain/duplicate-events/review-schema'
import { useProbabilityText } from '../../field-text'
import { useLevelText } from '../../why'

/** The evidence that the decision was made on, with the weights of that time. */
export function EvidenceList({ receipt: { evidence, probability } }: { receipt: DuplicateReceipt }) {
  const t = useTranslations('duplicates')
  const words = useTranslations('receipts')
  const format = useFormatter()
  const levelText = useLevelText()
  const probabilityText = useProbabilityText()
  if (evidence.length === 0) return <p className="text-sm">{words('noEvidence')}</p>
  const entries = evidence.map((one) => {
    const name = `comparisons.${one.field}` as 'comparisons.title'
    const weight = format.number(one.weight, {
      signDisplay: 'exceptZero',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    })
    return { id: one.field, term: t.has(name) ? t(name) : one.field, value: `${weight} (${levelText(one)})` }
  })
  return (
    <>
      {probability !== null && (
        <p className="mb-3 font-medium text-sm">{t('sumWords', { probability: probabilityText(probability) })}</p>
      )}
      <DefinitionList entries={entries} />
    </>
  )
}
