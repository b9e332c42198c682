import { getTranslations } from 'next-intl/server'
import { ListTools } from '@/components/list-tools'
import { RefusedNote } from '@/components/refused-note'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { viewExpiryWarnings } from '@/domain/certifications/warning-queries'
import { warningsQuery } from '@/domain/certifications/warning-schema'
import { pageCall, pageDb } from '@/lib/page-call'
import { readView, type SearchParams } from '@/lib/view-query'
import { WarningsScreen } from './warnings-screen'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.certifications'))('title') }
}

export default async function CertificationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations()
  const { query, refused } = readView(warningsQuery, await searchParams)
  const { body: view } = await viewExpiryWarnings(pageDb(), await pageCall(), query)
  return (
    <>
      <PageHeader
        title={t('pages.certifications.title')}
        lead={t('pages.certifications.lead')}
        actions={
          <>
            <ListTools screen="certifications" query={query} />
            <LinkButton href="/certifications/expiry-job">{t('expiry.job')}</LinkButton>
          </>
        }
      />
      <RefusedNote names={refused} />
      <WarningsScreen query={query} fromServer={view} />
    </>
  )
}
