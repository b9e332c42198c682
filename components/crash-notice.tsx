'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button } from './ui/button'
import { ErrorState } from './ui/error-state'

export interface CrashProps {
  error: unknown
  retry: () => void
}

/** In the place of a page that failed. The digest is what the server logged the fault under. */
export function CrashNotice({ error, retry }: CrashProps) {
  const t = useTranslations()
  useEffect(() => console.error(error), [error])
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <ErrorState
      heading="h1"
      title={t('crash.title')}
      requestId={digest}
      actions={<Button onClick={() => retry()}>{t('actions.tryAgain')}</Button>}
    >
      {t('crash.body')}
    </ErrorState>
  )
}
