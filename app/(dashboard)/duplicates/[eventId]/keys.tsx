'use client'

import { Keyboard } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useShortcuts } from '@/components/list/use-shortcuts'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { KeyHint } from './shortcuts'
import { VERDICTS } from './verdicts'

/** Opens the list of all keys that work on a review. */
export function Keys() {
  const t = useTranslations()
  const [open, setOpen] = useState(false)
  const [on, turn] = useShortcuts()
  const keys = [
    ...Object.values(VERDICTS).map(({ key, label }) => ({ key, action: t(`actions.${label}`) })),
    { key: 'j', action: t('duplicates.keys.next') },
    { key: 'k', action: t('duplicates.keys.previous') },
    { key: 'Alt + T', action: t('duplicates.keys.undo') },
    { key: '?', action: t('duplicates.keys.list') },
  ]
  return (
    <>
      <Button
        variant="quiet"
        size="small"
        aria-keyshortcuts="?"
        className="pointer-coarse:hidden noscript:hidden"
        onClick={() => setOpen(true)}
      >
        <Keyboard aria-hidden />
        {t('duplicates.shortcuts')}
        <KeyHint>?</KeyHint>
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('duplicates.shortcuts')}
        description={t('duplicates.shortcutsHint')}
        closeLabel={t('ui.close')}
        actions={null}
      >
        <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2 text-sm">
          {keys.map(({ key, action }) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="rounded-box border border-control px-1.5 font-mono">{key}</kbd>
              </dt>
              <dd>{action}</dd>
            </div>
          ))}
        </dl>
        <div className="mt-4 border-t pt-2">
          <Checkbox label={t('duplicates.keys.on')} checked={on} onChange={(event) => turn(event.target.checked)} />
        </div>
      </Dialog>
    </>
  )
}
