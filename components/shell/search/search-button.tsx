'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { lazyDialog } from '@/components/ui/lazy-dialog'

const SearchDialog = lazyDialog(() => import('./search-dialog').then((loaded) => loaded.SearchDialog))

/**
 * Opens the search, as Ctrl or ⌘ and K do anywhere. Its code comes with the first sign of a person. Without JavaScript
 * it is a form that leads to the list of mentors.
 */
export function SearchButton() {
  const t = useTranslations('search')
  const [open, setOpen] = useState(false)

  const onShortcut = useEffectEvent((event: KeyboardEvent) => {
    const isOurs =
      (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k'
    if (!isOurs) return
    event.preventDefault()
    if (open) setOpen(false)
    // what is being written in another dialog must not be lost
    else if (!document.querySelector('[role=dialog], [role=alertdialog]')) setOpen(true)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onShortcut(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])

  return (
    <search aria-label={t('title')}>
      <form method="get" action="/mentors" className="flex items-center gap-1">
        <noscript>
          <input
            type="search"
            name="q"
            maxLength={200}
            aria-label={t('title')}
            className="h-9 w-32 rounded-box border border-control bg-surface px-2 text-sm"
          />
        </noscript>
        <button
          type="submit"
          aria-haspopup="dialog"
          onClick={(event) => {
            event.preventDefault()
            setOpen(true)
          }}
          aria-keyshortcuts="Control+K Meta+K"
          className="inline-flex size-10 items-center justify-center gap-2 rounded-box text-muted text-sm hover:bg-subtle hover:text-ink lg:size-auto lg:h-9 lg:border lg:border-control lg:bg-canvas lg:px-3"
        >
          <Search aria-hidden className="size-5 lg:size-4" />
          <span className="sr-only lg:not-sr-only">{t('open')}</span>
          <KeyHint />
        </button>
      </form>
      <SearchDialog open={open} onOpenChange={setOpen} />
    </search>
  )
}

const never = () => () => undefined

function KeyHint() {
  const mac = useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  )
  return (
    <kbd aria-hidden className="hidden rounded-box border bg-surface px-1 font-mono text-2xs lg:inline">
      {mac ? '⌘ K' : 'Ctrl K'}
    </kbd>
  )
}
