import { History } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ChangeActor, ChangeDetail, ChangeTitle } from '@/components/change-entry'
import { Time } from '@/components/time'
import { EmptyState } from '@/components/ui/empty-state'
import type { LoggedChange } from '@/domain/changes/queries'

export function NewestChanges({ changes }: { changes: readonly LoggedChange[] }) {
  const t = useTranslations()
  if (changes.length === 0) {
    return (
      <EmptyState icon={History} title={t('overview.noChanges')}>
        {t('overview.noChangesBody')}
      </EmptyState>
    )
  }
  return (
    <>
      <ol className="divide-y text-sm">
        {changes.map((change) => (
          <li
            key={change.position}
            className="grid gap-x-6 px-4 py-2 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_auto]"
          >
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {change.mentor_id && (
                <Link
                  href={`/mentors/${change.mentor_id}` as Route}
                  className="inline-block min-h-6 text-accent underline-offset-4 hover:underline"
                >
                  {change.full_name}
                </Link>
              )}
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="font-medium">
                <ChangeTitle change={change} />
              </span>{' '}
              <span className="text-muted">
                <ChangeDetail change={change} />
              </span>
            </span>
            <span className="text-muted text-xs sm:text-right">
              <Time value={change.at} /> <ChangeActor actor={change.actor} />
            </span>
          </li>
        ))}
      </ol>
      <p className="border-t px-4 py-2 text-sm">
        <Link
          href="/changes"
          className="inline-flex min-h-6 items-center text-accent underline-offset-4 hover:underline"
        >
          {t('changes.all')}
        </Link>
      </p>
    </>
  )
}
