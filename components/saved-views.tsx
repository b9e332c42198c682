'use client'

import { Bookmark } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ViewsScreen } from './saved-views-store'
import { Button } from './ui/button'

// fetched when it is opened for the first time
const SavedViewsDialog = dynamic(() => import('./saved-views-dialog').then((loaded) => loaded.SavedViewsDialog), {
  ssr: false,
})

/** Opens the views that this browser has saved for a screen. */
export function SavedViews({ screen }: { screen: ViewsScreen }) {
  const t = useTranslations('savedViews')
  const [shown, setShown] = useState<'never' | 'open' | 'closed'>('never')
  return (
    <>
      <Button
        aria-haspopup="dialog"
        aria-expanded={shown === 'open'}
        className="noscript:hidden"
        onClick={() => setShown('open')}
      >
        <Bookmark aria-hidden />
        {t('title')}
      </Button>
      {shown !== 'never' && (
        <SavedViewsDialog
          screen={screen}
          open={shown === 'open'}
          onOpenChange={(open) => setShown(open ? 'open' : 'closed')}
        />
      )}
    </>
  )
}
