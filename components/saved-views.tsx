'use client'

import { Bookmark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ViewsScreen } from './saved-views-store'
import { Button } from './ui/button'
import { lazyDialog } from './ui/lazy-dialog'

const SavedViewsDialog = lazyDialog(() => import('./saved-views-dialog').then((loaded) => loaded.SavedViewsDialog))

/** Opens the views that this browser has saved for a screen. */
export function SavedViews({ screen }: { screen: ViewsScreen }) {
  const t = useTranslations('savedViews')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button aria-haspopup="dialog" aria-expanded={open} className="noscript:hidden" onClick={() => setOpen(true)}>
        <Bookmark aria-hidden />
        {t('title')}
      </Button>
      <SavedViewsDialog screen={screen} open={open} onOpenChange={setOpen} />
    </>
  )
}
