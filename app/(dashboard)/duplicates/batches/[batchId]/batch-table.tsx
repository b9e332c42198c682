import { CircleCheck, CircleX, Clock, type LucideIcon, Undo2 } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useRefusalWords } from '@/components/problem'
import { Time } from '@/components/time'
import { Badge, type Tone } from '@/components/ui/badge'
import { type Column, DataTable } from '@/components/ui/data-table'
import type { BatchItem } from '@/domain/duplicate-events/batch-schema'
import { fieldLabel } from '../../field-text'

const LOOKS = {
  planned: ['info', Clock],
  refused: ['expired', CircleX],
  done: ['valid', CircleCheck],
  undone: ['neutral', Undo2],
  undo_refused: ['expired', CircleX],
} as const satisfies Record<BatchItem['outcome'], readonly [Tone, LucideIcon]>

/** A row per draft: what is decided, what that does to the activity, and what has become of it. */
export function BatchTable({ items }: { items: readonly BatchItem[] }) {
  const t = useTranslations()
  const format = useFormatter()
  const columns = useMemo(
    (): readonly Column<BatchItem>[] => [
      {
        id: 'draft',
        header: t('duplicates.draft'),
        role: 'lead',
        cell: (item) => (
          <span className="block min-w-0">
            <Link
              href={`/duplicates/${item.id}` as Route}
              className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
            >
              {item.title ?? t('duplicates.untitled')}
            </Link>
            <span className="block font-normal text-muted text-xs">
              {item.mentor_name} · <Time value={item.date} as="date" />
            </span>
          </span>
        ),
      },
      {
        id: 'resolution',
        header: t('duplicates.decision'),
        cell: (item) => t(`planDialog.resolutions.${item.resolution}`),
      },
      { id: 'plan', header: t('batch.what'), cell: (item) => <What item={item} /> },
      {
        id: 'countable',
        header: t('batch.countableColumn'),
        align: 'end',
        cell: ({ countable_change: change }) => (
          <span className="tabular">
            {change === null ? '–' : format.number(change, { signDisplay: 'exceptZero' })}
          </span>
        ),
      },
      { id: 'outcome', header: t('batch.outcomeColumn'), cell: (item) => <Outcome item={item} /> },
    ],
    [t, format],
  )
  return <DataTable caption={t('batch.caption')} columns={columns} rows={items} rowKey={(item) => item.id} />
}

/** What becomes of the values, in the fewest words. */
function What({ item: { plan, resolution } }: { item: BatchItem }) {
  const t = useTranslations()
  if (plan === null) return <span className="text-muted">{t('batch.nothing')}</span>
  const named = (['filled', 'replaced', 'dropped'] as const).flatMap((fate) =>
    plan[fate].length > 0
      ? [t(`batch.fates.${fate}`, { fields: plan[fate].map((field) => fieldLabel(t, field)).join(', ') })]
      : [],
  )
  return (
    <span className="block @4xl:max-w-96 [overflow-wrap:anywhere]">
      {t(`batch.effects.${resolution}`)}
      {named.map((line) => (
        <span key={line} className="block text-muted text-xs">
          {line}
        </span>
      ))}
    </span>
  )
}

/** What has become of it, why it was refused, and its receipt. */
function Outcome({ item: { outcome, code, receipt_id } }: { item: BatchItem }) {
  const t = useTranslations('batch')
  const wordsOf = useRefusalWords()
  const [tone, icon] = LOOKS[outcome]
  // a resolution was chosen: what it needs is not there
  const reason = code === 'resolution_required' ? t('notLikeThis') : code && wordsOf(code)
  return (
    <span className="flex flex-col items-start gap-1">
      <Badge tone={tone} icon={icon}>
        {t(`outcomes.${outcome}`)}
      </Badge>
      {reason !== null && <span className="text-muted text-xs">{reason}</span>}
      {receipt_id !== null && (
        <Link
          href={`/duplicates/receipts/${receipt_id}` as Route}
          className="inline-flex min-h-6 items-center text-accent text-xs underline-offset-4 hover:underline"
        >
          {t('receipt')}
        </Link>
      )}
    </span>
  )
}
