import { useTranslations } from 'next-intl'
import { Time } from '@/components/time'
import { DefinitionList } from '@/components/ui/definition-list'
import type { MentorDetail } from '@/domain/mentors/detail'
import { ProfileDialog } from './profile-dialog'

export function Profile({ mentor }: { mentor: MentorDetail }) {
  const t = useTranslations()
  const { profile, revision, last_heard_at } = mentor
  return (
    <>
      <DefinitionList
        entries={[
          {
            id: 'id',
            term: t('fields.mentorId'),
            value: <code className="break-all text-xs">{profile.mentor_id}</code>,
          },
          {
            id: 'email',
            term: t('fields.email'),
            value: profile.email ? (
              <a
                href={`mailto:${profile.email}`}
                className="[overflow-wrap:anywhere] text-accent underline-offset-4 hover:underline"
              >
                {profile.email}
              </a>
            ) : (
              <span className="text-muted">{t('mentor.noEmail')}</span>
            ),
          },
          { id: 'org', term: t('fields.organisation'), value: profile.org_id },
          {
            id: 'heard',
            term: t('fields.lastHeardFrom'),
            value: last_heard_at ? <Time value={last_heard_at} /> : t('time.never'),
          },
        ]}
      />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3 border-t pt-3 text-sm empty:hidden noscript:border-0">
        {profile.incomplete && (
          <p>
            <strong className="font-semibold">{t('status.incomplete')}.</strong> {t('mentor.incompleteHint')}
          </p>
        )}
        <ProfileDialog profile={profile} revision={revision} />
      </div>
    </>
  )
}
