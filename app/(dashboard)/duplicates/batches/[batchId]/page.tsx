import { getFormatter, getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { formatMoment } from '@/lib/i18n/format'
import { BatchScreen } from './batch-screen'
import { findBatch } from './find-batch'

interface Props {
  params: Promise<{ batchId: string }>
}

export async function generateMetadata({ params }: Props) {
  const t = await getTranslations('batch')
  const { batch_id } = await findBatch((await params).batchId)
  return { title: `${t('title')} ${batch_id}` }
}

/** Decisions about many drafts: the plan, how it is carried out, and what came of it. */
export default async function BatchPage({ params }: Props) {
  const t = await getTranslations('batch')
  const format = await getFormatter()
  const batch = await findBatch((await params).batchId)
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead', { id: batch.batch_id, time: formatMoment(format, batch.created_at) })}
        actions={
          <LinkButton href="/duplicates" variant="quiet" size="small">
            {t('toQueue')}
          </LinkButton>
        }
      />
      <BatchScreen key={batch.batch_id} fromServer={batch} />
    </>
  )
}
