'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from './button'

/** The id under which the fault is logged, to copy. It can also be selected by one click where copying is not allowed. */
export function RequestId({ id }: { id: string }) {
  const t = useTranslations('ui')
  const [copied, setCopied] = useState(false)

  async function copy() {
    try {
      await navigator.clipboard.writeText(id)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }

  return (
    <p className="mt-2 flex flex-wrap items-center gap-2 text-sm">
      <span className="text-muted">{t('requestId')}:</span>
      <code className="select-all break-all font-mono text-xs">{id}</code>
      <Button size="small" variant="quiet" onClick={copy} aria-live="polite">
        {copied ? t('copied') : t('copy')}
      </Button>
    </p>
  )
}
