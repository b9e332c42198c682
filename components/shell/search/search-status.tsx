import { CircleAlert, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'

interface Props {
  typed: string
  count: number
  settled: boolean
  problem: 'offline' | 'failed' | null
  onRetry: () => void
}

/** How the search stands, for eyes and ears alike, and what the keys do. */
export function SearchStatus({ typed, count, settled, problem, onRetry }: Props) {
  const t = useTranslations()
  const none = typed !== '' && settled && count === 0 && problem === null
  return (
    <>
      <div role="status">
        {problem && (
          <p className="flex items-start gap-3 border-t px-4 py-3 text-expired text-sm">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {t(`search.${problem}`)}
          </p>
        )}
        {none && (
          <div className="flex items-start gap-3 px-4 py-6 text-sm">
            <SearchX aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
            <p className="min-w-0 [overflow-wrap:anywhere]">
              {t('search.none', { words: typed })}
              <span className="block text-muted">{t('search.noneHint')}</span>
            </p>
          </div>
        )}
        {typed !== '' && !none && !problem && (
          <p className="sr-only">{settled ? t('search.count', { count }) : t('search.searching')}</p>
        )}
      </div>
      {problem === 'failed' && (
        <div className="px-4 pb-3">
          <Button size="small" onClick={onRetry}>
            {t('actions.tryAgain')}
          </Button>
        </div>
      )}
      <p className="hidden flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2 text-muted text-xs sm:flex">
        <KeyHint keys="↑ ↓">{t('search.keyMove')}</KeyHint>
        <KeyHint keys="Enter">{t('search.keyOpen')}</KeyHint>
        <KeyHint keys="Ctrl Enter">{t('search.keyNewTab')}</KeyHint>
        <KeyHint keys="Esc">{t('search.keyClose')}</KeyHint>
      </p>
    </>
  )
}

function KeyHint({ keys, children }: { keys: string; children: string }) {
  return (
    <span className="whitespace-nowrap">
      <kbd className="rounded-box border px-1 font-mono text-2xs">{keys}</kbd> {children}
    </span>
  )
}
