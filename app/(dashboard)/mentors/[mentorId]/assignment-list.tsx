import { CircleCheck, CircleDot, CirclePause } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Time } from '@/components/time'
import { Badge } from '@/components/ui/badge'
import type { MentorDetail } from '@/domain/mentors/detail'

type Assignment = MentorDetail['assignments'][number]

const LOOKS = {
  open: { tone: 'info', icon: CircleDot },
  on_hold: { tone: 'neutral', icon: CirclePause },
  closed: { tone: 'neutral', icon: CircleCheck },
} as const

/** Open assignments, and the closed ones behind a click. */
export function AssignmentList({ assignments }: { assignments: readonly Assignment[] }) {
  const t = useTranslations()
  const open = assignments.filter(({ status }) => status !== 'closed')
  const closed = assignments.filter(({ status }) => status === 'closed')
  return (
    <>
      {open.length > 0 ? (
        <Rows assignments={open} />
      ) : (
        <p className="px-4 py-3 text-muted text-sm">
          {t('empty.assignments.title')}. {t('empty.assignments.body')}
        </p>
      )}
      {closed.length > 0 && (
        <details className="border-t">
          <summary className="flex min-h-9 items-center px-4 text-accent text-sm underline-offset-4 hover:underline">
            {t('mentor.closedAssignments', { count: closed.length })}
          </summary>
          <Rows assignments={closed} />
        </details>
      )}
    </>
  )
}

function Rows({ assignments }: { assignments: readonly Assignment[] }) {
  const t = useTranslations()
  return (
    <ul className="divide-y text-sm">
      {assignments.map((one) => (
        <li key={one.assignment_id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5">
          <span className="min-w-0">
            <span className="block font-medium">{one.contact_name}</span>
            <span className="text-muted text-xs">
              {one.closed_at ? t('mentor.closed') : t('mentor.opened')}{' '}
              <Time value={one.closed_at ?? one.opened_at} as="date" />
            </span>
          </span>
          <Badge {...LOOKS[one.status]}>{t(`assignmentStatus.${one.status}`)}</Badge>
        </li>
      ))}
    </ul>
  )
}
