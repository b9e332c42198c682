import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { BarChart } from '@/components/bar-chart'
import { LivePage } from '@/components/live/live-page'
import { RefusedNote } from '@/components/refused-note'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { readView, type SearchParams } from '@/lib/view-query'
import { queryInteger } from '@/lib/wire'
import { AssignmentList } from './assignment-list'
import { CertificationSection } from './certification-section'
import { CourseList } from './course-list'
import { Eligibility } from './eligibility'
import { findMentor } from './find-mentor'
import { PauseAction } from './pause-action'
import { Profile } from './profile'
import { StandingBadge, StandingProvider } from './standing'
import { Timeline } from './timeline'

interface Props {
  params: Promise<{ mentorId: string }>
  searchParams: Promise<SearchParams>
}

/** Which page of the timeline: what came before this position. */
const timelineQuery = z.object({ before: queryInteger(1, 9_999_999_999).optional() })

async function readPage({ params, searchParams }: Props) {
  const { query, refused } = readView(timelineQuery, await searchParams)
  return { mentor: await findMentor((await params).mentorId, query.before), refused }
}

export async function generateMetadata(props: Props) {
  return { title: (await readPage(props)).mentor.profile.full_name }
}

export default async function MentorPage(props: Props) {
  const t = await getTranslations()
  const { mentor, refused } = await readPage(props)
  const { status, pauses, eligibility, certifications } = mentor
  const standing = { status, pauses, eligibility, certifications }
  const activities = mentor.activity.reduce((sum, month) => sum + month.activities, 0)
  return (
    <StandingProvider standing={standing}>
      <LivePage mentorId={mentor.profile.mentor_id} />
      <PageHeader
        title={mentor.profile.full_name}
        status={<StandingBadge />}
        actions={<PauseAction mentorId={mentor.profile.mentor_id} name={mentor.profile.full_name} />}
      />
      <RefusedNote names={refused} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-5">
          <Section title={t('mentor.eligibility')}>
            <Eligibility />
          </Section>
          <CertificationSection mentor={mentor.profile} certifications={mentor.certifications} />
          <Section
            title={t('mentor.activity')}
            actions={<span className="text-muted text-sm">{t('chart.total', { count: activities })}</span>}
          >
            {activities > 0 ? (
              <BarChart
                bars={mentor.activity.map((one) => ({ month: one.month, value: one.activities, part: one.sessions }))}
                valueLabel={t('chart.activities')}
                partLabel={t('chart.sessions')}
                restLabel={t('chart.other')}
              />
            ) : (
              <p className="text-muted text-sm">{t('mentor.noActivity')}</p>
            )}
          </Section>
        </div>
        <div className="grid min-w-0 gap-5">
          <Section title={t('mentor.profile')}>
            <Profile mentor={mentor} />
          </Section>
          <Section title={t('mentor.assignments')} flush>
            <AssignmentList assignments={mentor.assignments} />
          </Section>
          <Section title={t('mentor.courses')} flush>
            <CourseList courses={mentor.courses} />
          </Section>
        </div>
        <Section title={t('mentor.timeline')} className="col-span-full" flush>
          <Timeline mentorId={mentor.profile.mentor_id} timeline={mentor.timeline} />
        </Section>
      </div>
    </StandingProvider>
  )
}
