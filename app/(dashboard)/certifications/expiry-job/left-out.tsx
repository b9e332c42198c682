import { useTranslations } from 'next-intl'
import { useCertificationTypeName } from '@/components/certification-type'
import type { LeftEntry } from '@/domain/expiry-job/plan-queries'
import type { List } from '@/lib/wire'
import { MentorLink } from './mentor-link'

/** What a run was to handle by its plan and left, and why. */
export function LeftOut({ left }: { left: List<LeftEntry> }) {
  const t = useTranslations('jobRuns')
  const typeName = useCertificationTypeName()
  const rest = left.pagination.total - left.data.length
  return (
    <div className="border-b px-4 py-2.5 text-sm">
      <h3 className="font-semibold">{t('left')}</h3>
      <p className="text-muted">{t('leftNote')}</p>
      <ul className="mt-1">
        {left.data.map((entry) => (
          <li key={entry.certification_id}>
            <MentorLink id={entry.mentor_id} name={entry.full_name} /> –{' '}
            {t(`kinds.${entry.left_because}`, { type: typeName(entry.certification_type) })}
          </li>
        ))}
        {rest > 0 && <li className="text-muted">{t('more', { count: rest })}</li>}
      </ul>
    </div>
  )
}
