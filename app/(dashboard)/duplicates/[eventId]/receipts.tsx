import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { DuplicateReceipt } from '@/domain/duplicate-events/review-schema'
import { formatMoment } from '@/lib/i18n/format'

/** Every decision about the event, also those taken back, with the way to its receipt. */
export function Receipts({ receipts }: { receipts: readonly DuplicateReceipt[] }) {
  const t = useTranslations()
  const format = useFormatter()
  return (
    <ul className="grid gap-1 text-sm">
      {receipts.map(({ receipt_id, resolution, decided_at, undone_at }) => (
        <li key={receipt_id}>
          <Link
            href={`/duplicates/receipts/${receipt_id}` as Route}
            className="inline-block min-h-6 text-accent underline-offset-4 hover:underline"
          >
            {t(`status.resolution.${resolution}`)}, {formatMoment(format, decided_at)}
          </Link>
          {undone_at && (
            <span className="text-muted"> {t('duplicates.takenBack', { when: formatMoment(format, undone_at) })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
