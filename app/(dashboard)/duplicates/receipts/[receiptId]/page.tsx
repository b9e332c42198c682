import { Download } from 'lucide-react'
import type { Route } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { CsvLink } from '@/components/csv-link'
import { LivePage } from '@/components/live/live-page'
import { buttonStyle } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { formatMoment } from '@/lib/i18n/format'
import { MoveButton } from '../../[eventId]/after'
import { Lines } from '../../[eventId]/receipt'
import { CountableChange } from '../../batches/[batchId]/countable-change'
import { readTypeNames } from '../../type-names'
import { EvidenceList } from './evidence-list'
import { findReceipt } from './find-receipt'
import { Standing } from './standing'

interface Props {
  params: Promise<{ receiptId: string }>
}

export async function generateMetadata({ params }: Props) {
  const t = await getTranslations('duplicates.receipt')
  const { receipt_id, mentor_name } = await findReceipt((await params).receiptId)
  return { title: `${t('title')} ${receipt_id}: ${mentor_name}` }
}

/** One decision: what it did with every value, on which evidence, and whether it stands. */
export default async function ReceiptPage({ params }: Props) {
  const t = await getTranslations()
  const format = await getFormatter()
  const receipt = await findReceipt((await params).receiptId)
  const { lines } = receipt.content
  return (
    <>
      <LivePage types={['mentor', 'duplicate_event', 'activity']} />
      <PageHeader
        title={`${t('duplicates.receipt.title')}: ${receipt.title ?? t('duplicates.untitled')}`}
        lead={`${receipt.mentor_name} · ${formatMoment(format, receipt.decided_at)} · ${receipt.receipt_id}`}
        actions={
          <>
            <LinkButton
              href={`/duplicates/${receipt.event_id}` as Route}
              variant="quiet"
              size="small"
              className="print:hidden"
            >
              {t('receipts.toEvent')}
            </LinkButton>
            <CsvLink href={`/duplicates/receipts/${receipt.receipt_id}/csv` as Route} />
            <a
              href={`/api/v1/duplicate-events/receipts/${receipt.receipt_id}`}
              download={`${receipt.receipt_id}.json`}
              className={`${buttonStyle({ variant: 'quiet', size: 'small' })} print:hidden`}
            >
              <Download aria-hidden />
              {t('receipts.json')}
            </a>
            {receipt.undoable && (
              <MoveButton id={receipt.event_id} to="duplicate_found" decidedOn={receipt.review_version ?? undefined} />
            )}
          </>
        }
      />
      <div className="grid gap-5">
        <Section title={t('duplicates.receipt.caption')} flush>
          <div className="grid gap-1 px-4 py-3 text-sm">
            <Standing receipt={receipt} />
            <CountableChange change={receipt.countable_change} planned={false} />
          </div>
          {lines.length > 0 && <Lines lines={lines} typeNames={await readTypeNames()} />}
        </Section>
        <Section title={t('receipts.evidence')}>
          <EvidenceList receipt={receipt} />
        </Section>
      </div>
    </>
  )
}
