import { useTranslations } from 'next-intl'

/** The shape of a table that is on its way. */
export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  const t = useTranslations('ui')
  return (
    <div role="status" className="divide-y rounded-box border bg-surface">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div key={row} aria-hidden className="flex animate-pulse gap-6 px-4 py-3.5">
          <div className="h-3.5 w-1/4 rounded-box bg-subtle" />
          <div className="h-3.5 w-1/6 rounded-box bg-subtle" />
          <div className="h-3.5 grow rounded-box bg-subtle" />
        </div>
      ))}
    </div>
  )
}
