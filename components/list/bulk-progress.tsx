'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '../ui/button'
import type { Bulk } from './use-bulk'

const SOON = 700

/** How far many rows have come, with a button that stops them; nothing for what is over in a moment. */
export function BulkProgress({ bulk }: { bulk: Bulk }) {
  const t = useTranslations('list')
  const { progress } = bulk
  const slow = useSlow(progress !== null)
  if (!progress || !slow) return null
  const { answered, total, stopping } = progress
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b bg-accent-soft px-4 py-1.5 text-sm">
      <progress aria-label={t('progressLabel')} value={answered} max={total} className="h-2 w-40 accent-accent" />
      <span className="tabular">{t('progress', { answered, total })}</span>
      <Button size="small" disabled={stopping} onClick={bulk.stop}>
        {stopping ? t('stopping') : t('stop')}
      </Button>
    </div>
  )
}

/** Whether something has been going on for a while. */
function useSlow(active: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!active) return
    const timer = setTimeout(() => setSlow(true), SOON)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [active])
  return slow
}
