import { Info } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** Says which values of the address were not used; nothing where all of them were. */
export function RefusedNote({ names }: { names: readonly string[] }) {
  const t = useTranslations('view')
  if (names.length === 0) return null
  return (
    <p role="status" className="mb-4 flex gap-2 rounded-box border bg-surface px-4 py-2.5 text-sm">
      <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
      {t('refused', { count: names.length, names: names.join(', ') })}
    </p>
  )
}
