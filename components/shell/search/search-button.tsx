'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentType, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { toast } from '@/components/ui/toast'
import { useFirstSign } from '@/components/ui/use-first-sign'

type Dialog = ComponentType<{ open: boolean; onOpenChange: (open: boolean) => void }>

const load = () => import('./search-dialog').then(({ SearchDialog }) => SearchDialog)

/**
 * Opens the search, as Ctrl or ⌘ and K do anywhere. Its code comes with the first sign of a person. Without JavaScript
 * it is a form that leads to the list of mentors.
 */
export function SearchButton() {
  const t = useTranslations('search')
  const [Dialog, setDialog] = useState<Dialog | null>(null)
  const [open, setOpen] = useState(false)
  const fetchDialog = () => load().then((loaded) => setDialog(() => loaded))
  // a lost connection must not take the page with it
  useFirstSign(() => void fetchDialog().catch(() => undefined))

  function show() {
    setOpen(true)
    if (!Dialog) {
      fetchDialog().catch(() => {
        setOpen(false)
        toast.error(t('notLoaded'))
      })
    }
  }

  const onShortcut = useEffectEvent((event: KeyboardEvent) => {
    const isOurs =
      (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k'
    if (!isOurs) return
    event.preventDefault()
    if (open) setOpen(false)
    // what is being written in another dialog must not be lost
    else if (!document.querySelector('[role=dialog], [role=alertdialog]')) show()
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
            show()
          }}
          aria-keyshortcuts="Control+K Meta+K"
          className="inline-flex size-10 items-center justify-center gap-2 rounded-box text-muted text-sm hover:bg-subtle hover:text-ink lg:size-auto lg:h-9 lg:border lg:border-control lg:bg-canvas lg:px-3"
        >
          <Search aria-hidden className="size-5 lg:size-4" />
          <span className="sr-only lg:not-sr-only">{t('open')}</span>
          <KeyHint />
        </button>
      </form>
      {Dialog && <Dialog open={open} onOpenChange={setOpen} />}
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
