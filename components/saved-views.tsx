'use client'

import { Bookmark } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ViewsScreen } from './saved-views-store'
import { Button } from './ui/button'
import { useFirstSign } from './ui/use-first-sign'

const load = () => import('./saved-views-dialog')
const SavedViewsDialog = dynamic(() => load().then((loaded) => loaded.SavedViewsDialog), { ssr: false })

/** Opens the views that this browser has saved for a screen. */
export function SavedViews({ screen }: { screen: ViewsScreen }) {
  const t = useTranslations('savedViews')
  const [shown, setShown] = useState<'never' | 'open' | 'closed'>('never')
  // not with the page, and yet there when it is opened
  useFirstSign(() => load().catch(() => undefined))
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
