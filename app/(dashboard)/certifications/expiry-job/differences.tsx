import { useFormatter, useTranslations } from 'next-intl'
import { useCertificationTypeName } from '@/components/certification-type'
import type { PlanDifference, PlanOutdated } from '@/domain/expiry-job/schema'
import { formatDate } from '@/lib/i18n/format'

type Kind = PlanDifference['kind']

const GROUPS = [
  { id: 'gone', kinds: ['renewed', 'revoked', 'deleted', 'handled'], count: 'no_longer_found' },
  { id: 'added', kinds: ['added'], count: 'newly_found' },
  { id: 'changed', kinds: ['paused_since', 'active_since', 'changed'], count: 'changed' },
] as const satisfies readonly { id: string; kinds: readonly Kind[]; count: keyof PlanOutdated['counts'] }[]

/** What differs from the plan by now, by kind and with the reason; it is read out when it changes. */
export function Differences({ outdated: { counts, differences } }: { outdated: PlanOutdated }) {
  const t = useTranslations('jobRuns')
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  const reasonOf = ({ kind, certification_type, expires_at }: PlanDifference) =>
    t(`kinds.${kind}`, { type: typeName(certification_type), date: formatDate(format, expires_at) })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled with the keyboard
    <section role="alert" aria-label={t('differences')} tabIndex={0} className="space-y-3 text-sm">
      {GROUPS.filter(({ count }) => counts[count] > 0).map(({ id, kinds, count }) => {
        const shown = differences.filter(({ kind }) => kinds.some((one) => one === kind))
        const rest = counts[count] - shown.length
        return (
          <div key={id}>
            <h3 className="font-semibold">{t(id, { count: counts[count] })}</h3>
            <ul className="mt-1 space-y-1">
              {shown.map((one) => (
                <li key={one.certification_id} className="[overflow-wrap:anywhere]">
                  <span className="font-medium">{one.full_name}</span> – {reasonOf(one)}
                </li>
              ))}
              {rest > 0 && <li className="text-muted">{t('more', { count: rest })}</li>}
            </ul>
          </div>
        )
      })}
    </section>
  )
}
