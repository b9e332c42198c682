import { useFormatter, useTranslations } from 'next-intl'
import type { DuplicateReceipt } from '@/domain/duplicate-events/review-schema'
import { formatMoment } from '@/lib/i18n/format'
import { useActorText } from '../../actor-text'
import { isPartlyErased } from '../../erased'

/** What was decided, by whom and when, and whether it stands. */
export function Standing({ receipt }: { receipt: DuplicateReceipt }) {
  const t = useTranslations()
  const format = useFormatter()
  const actorText = useActorText()
  const { content, resolution } = receipt
  const erased = isPartlyErased(receipt)
  return (
    <>
      <p className="font-medium">
        {t('duplicates.receipt.by', {
          resolution: t(`status.resolution.${resolution}`),
          when: formatMoment(format, receipt.decided_at),
          actor: actorText(receipt.decided_by),
        })}
      </p>
      <p>{t(`duplicates.receipt.${resolution}`, { activity: content.activity_id ?? '' })}</p>
      {content.distinct_from && content.distinct_from.length > 0 && (
        <p>{t('duplicates.receipt.distinct', { list: format.list(content.distinct_from) })}</p>
      )}
      {erased && <p>{t('receipts.erased')}</p>}
      {receipt.annotation && <p className="border-control border-l-2 pl-2 text-muted">{receipt.annotation}</p>}
      {receipt.undone_at !== null && receipt.undone_by !== null && (
        <p className="font-medium">
          {t('receipts.undone', {
            when: formatMoment(format, receipt.undone_at),
            actor: actorText(receipt.undone_by),
          })}
        </p>
      )}
      {receipt.undone_at === null && !receipt.undoable && <p>{t(`decided.${erased ? 'erased' : 'movedOn'}`)}</p>}
    </>
  )
}
