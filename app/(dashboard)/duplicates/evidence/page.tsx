import { Info, Target } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { LivePage } from '@/components/live/live-page'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { requireCountableRule } from '@/domain/activities/countable'
import { viewDuplicateEvidence } from '@/domain/duplicate-events/evidence-queries'
import { pageCall, pageDb } from '@/lib/page-call'
import { DuplicateTabs } from '../duplicate-tabs'
import { BandTable } from './band-table'
import { CountableForm } from './countable-form'
import { LevelTable } from './level-table'
import { FEW } from './small-number'

export async function generateMetadata() {
  return { title: (await getTranslations('pages.duplicatesEvidence'))('title') }
}

/** How often the check and each of its findings have been right, by the coordinators' own decisions. */
export default async function EvidencePage() {
  const t = await getTranslations()
  const call = await pageCall()
  const [{ body: view }, rule] = await Promise.all([
    viewDuplicateEvidence(pageDb(), call),
    requireCountableRule(pageDb(), call),
  ])
  const { decided, one_session: one, left_out: leftOut } = view
  return (
    <>
      <LivePage types={['duplicate_event', 'organisation']} />
      <PageHeader title={t('pages.duplicatesEvidence.title')} lead={t('pages.duplicatesEvidence.lead')} />
      <DuplicateTabs current="evidence" />
      <div className="grid gap-5">
        {decided === 0 ? (
          <Section title={t('accuracy.bands')}>
            <EmptyState icon={Target} title={t('accuracy.emptyTitle')}>
              {t('accuracy.emptyBody')}
            </EmptyState>
          </Section>
        ) : (
          <>
            <div className="max-w-prose text-sm">
              <p>{t('accuracy.summary', { decided, one, two: decided - one })}</p>
              <p className="mt-1 text-muted">
                {leftOut > 0 && `${t('accuracy.leftOut', { count: leftOut })} `}
                {t('accuracy.fewHint', { count: FEW })}
              </p>
            </div>
            <Section title={t('accuracy.bands')} flush>
              <p className="border-b px-4 py-2 text-muted text-sm">{t('accuracy.bandsHint')}</p>
              <BandTable bands={view.bands} />
            </Section>
            <Section title={t('accuracy.levels')} flush>
              <p className="border-b px-4 py-2 text-muted text-sm">{t('accuracy.levelsHint')}</p>
              <LevelTable levels={view.levels} />
            </Section>
          </>
        )}
        <Section
          title={t('countable.title')}
          actions={
            <Badge tone="expiring" icon={Info}>
              {t('countable.notOfficial')}
            </Badge>
          }
        >
          <div className="mb-4 grid max-w-prose gap-1 text-sm">
            <p>{t('countable.lead')}</p>
            <p className="font-medium">{t(rule.once_a_day ? 'countable.nowOnce' : 'countable.now', { ...rule })}</p>
          </div>
          <CountableForm settings={rule} />
        </Section>
      </div>
    </>
  )
}
