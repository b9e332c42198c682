import { BadgeCheck, BookOpen, CopyCheck, History, type LucideIcon, RefreshCw, UserRound, Users } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ChangeActor, ChangeDetail, ChangeTitle } from '@/components/change-entry'
import { Time } from '@/components/time'
import { LinkButton } from '@/components/ui/link-button'
import type { MentorDetail } from '@/domain/mentors/detail'
import { queryHref } from '@/lib/query-href'

const ICONS: Readonly<Record<string, LucideIcon>> = {
  mentor: UserRound,
  certification: BadgeCheck,
  sync_event: RefreshCw,
  bloc_event: BookOpen,
  duplicate_event: CopyCheck,
  activity: Users,
}

/** What happened to a mentor, newest first: the phone's events, the jobs' and the coordinators' actions in one list. */
export function Timeline({ mentorId, timeline }: { mentorId: string; timeline: MentorDetail['timeline'] }) {
  const t = useTranslations()
  const { entries, older, newer } = timeline
  const path = `/mentors/${mentorId}`
  if (entries.length === 0 && !newer) {
    return <p className="px-4 py-3 text-muted text-sm">{t('mentor.noTimeline')}</p>
  }
  return (
    <>
      <ol className="divide-y text-sm">
        {entries.map((entry) => (
          <Entry key={entry.position} entry={entry} />
        ))}
      </ol>
      <nav
        aria-label={t('mentor.timelinePages')}
        className="flex flex-wrap items-center gap-2 border-t px-4 py-2.5 text-sm print:hidden"
      >
        {newer && (
          <LinkButton size="small" href={path as Route} scroll={false}>
            {t('mentor.newest')}
          </LinkButton>
        )}
        {older !== null && (
          <LinkButton size="small" href={queryHref(path, { before: older })} scroll={false}>
            {t('mentor.older')}
          </LinkButton>
        )}
        <Link
          href={queryHref('/changes', { mentor: mentorId })}
          className="ml-auto inline-flex min-h-6 items-center text-accent underline-offset-4 hover:underline"
        >
          {t('mentor.inChangeLog')}
        </Link>
      </nav>
    </>
  )
}

function Entry({ entry }: { entry: MentorDetail['timeline']['entries'][number] }) {
  const Icon = ICONS[entry.type] ?? History
  return (
    <li className="flex gap-3 px-4 py-2.5">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="flex min-w-0 grow flex-wrap justify-between gap-x-6">
        <div className="min-w-0">
          <p className="font-medium">
            <ChangeTitle change={entry} />
          </p>
          <p className="text-muted [overflow-wrap:anywhere]">
            <ChangeDetail change={entry} />
          </p>
        </div>
        <p className="text-muted text-xs sm:text-right">
          <Time value={entry.at} as="moment" /> <ChangeActor actor={entry.actor} />
        </p>
      </div>
    </li>
  )
}
