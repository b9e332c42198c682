'use client'

import { useTranslations } from 'next-intl'
import type { CrashProps } from '@/components/crash-notice'

/** The frame itself could not be drawn. Plain, since every screen's first load carries it along. */
export default function FrameError({ error, retry }: CrashProps) {
  const t = useTranslations()
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <main className="mx-auto max-w-2xl px-4 py-16">
      <h1 className="font-semibold text-xl">{t('crash.title')}</h1>
      <p className="mt-1 text-muted">{t('crash.body')}</p>
      {digest && (
        <p className="mt-2 text-sm">
          {t('ui.requestId')}: <code className="select-all font-mono">{digest}</code>
        </p>
      )}
      <button
        type="button"
        onClick={() => retry()}
        className="mt-4 min-h-9 rounded-box border border-control bg-surface px-4"
      >
        {t('actions.tryAgain')}
      </button>
    </main>
  )
}
