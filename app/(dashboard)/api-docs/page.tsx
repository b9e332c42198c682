import { Braces } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { openApiDocument } from '@/app/api/v1/openapi.json/document'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { EndpointList } from './endpoint-list'
import { ErrorList } from './error-list'
import { Reference } from './reference'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.apiDocs'))('title') }
}

/** The lists are there without JavaScript; where there is some, the same document can be tried out below them. */
export default async function ApiDocsPage() {
  const t = await getTranslations('pages.apiDocs')
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <a href="/api/v1/openapi.json" className="inline-flex min-h-8 items-center gap-1.5 text-accent underline">
            <Braces aria-hidden className="size-4" />
            {t('document')}
          </a>
        }
      />
      <div className="grid gap-6">
        <Section title={t('endpoints')} flush>
          <EndpointList document={await openApiDocument()} />
        </Section>
        <Section title={t('errors')} flush>
          <ErrorList />
        </Section>
        <Section title={t('tryIt')} flush>
          <Reference />
        </Section>
      </div>
    </>
  )
}
