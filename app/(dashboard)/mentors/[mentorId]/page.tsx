import { getTranslations } from 'next-intl/server'
import { BarChart } from '@/components/bar-chart'
import { MentorBadge } from '@/components/status-badges'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { AssignmentList } from './assignment-list'
import { CertificationTable } from './certification-table'
import { CourseList } from './course-list'
import { Eligibility } from './eligibility'
import { findMentor } from './find-mentor'
import { PauseAction } from './pause-action'
import { Profile } from './profile'
import { Timeline } from './timeline'

interface Props {
  params: Promise<{ mentorId: string }>
}

export async function generateMetadata({ params }: Props) {
  return { title: (await findMentor((await params).mentorId)).profile.full_name }
}

export default async function MentorPage({ params }: Props) {
  const t = await getTranslations()
  const mentor = await findMentor((await params).mentorId)
  const activities = mentor.activity.reduce((sum, month) => sum + month.activities, 0)
  return (
    <>
      <PageHeader
        title={mentor.profile.full_name}
        status={<MentorBadge status={mentor.status} />}
        actions={
          <PauseAction
            mentorId={mentor.profile.mentor_id}
            name={mentor.profile.full_name}
            pausedByHand={mentor.pauses.some(({ cause }) => cause === 'by_hand')}
          />
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-5">
          <Section title={t('mentor.eligibility')}>
            <Eligibility mentor={mentor} />
          </Section>
          <Section title={t('mentor.certifications')} flush>
            <CertificationTable certifications={mentor.certifications} />
          </Section>
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
          <Timeline entries={mentor.timeline} />
        </Section>
      </div>
    </>
  )
}
