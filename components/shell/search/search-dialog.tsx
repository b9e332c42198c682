'use client'

import { Search, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Dialog as Primitive } from 'radix-ui'
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { ApiProblem } from '@/lib/api-client'
import type { Preference } from './destinations'
import { OptionList } from './option-list'
import { readOpened, rememberOpened } from './recently-opened'
import { SearchStatus } from './search-status'
import { useFound } from './use-found'
import { type Option, useOptions } from './use-options'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Finds mentors, certifications, events, screens and actions: a combobox in a dialog, over whatever screen is open. */
export function SearchDialog({ open, onOpenChange }: Props) {
  const opener = useRef<Element | null>(null)
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-[rgb(8_14_20/0.5)]" />
        <Primitive.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement
          }}
          // what was opened takes the focus with it, otherwise it goes back to where it was
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          className="fixed inset-x-2 top-2 z-50 mx-auto flex max-h-[calc(100dvh-1rem)] max-w-2xl flex-col overflow-hidden rounded-box border bg-surface shadow-float sm:top-[8dvh] sm:max-h-[80dvh]"
        >
          <Combobox
            onChosen={(left) => {
              if (left) opener.current = document.getElementById('content')
              onOpenChange(false)
            }}
          />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

function Combobox({ onChosen }: { onChosen: (left: boolean) => void }) {
  const t = useTranslations()
  const router = useRouter()
  const list = useId()
  const [typed, setTyped] = useState('')
  const [pointed, setPointed] = useState<string | null>(null)
  const [opened] = useState(readOpened)
  const { found, error, settled, retry } = useFound(typed)
  const groups = useOptions(typed, found, opened)
  const options = groups.flatMap((group) => group.options)
  const active = options.find(({ id }) => id === pointed) ?? options[0]
  // Enter right after the last letter means what that letter finds, not what stands there yet
  const enterWaits = useRef(false)

  const choose = useCallback(
    (option: Option, event?: MouseEvent) => {
      if (option.opened) rememberOpened(option.opened)
      if (event && (event.ctrlKey || event.metaKey || event.shiftKey)) return
      if (option.preference) {
        void keepPreference(option.preference).then(
          () => router.refresh(),
          () => toast.error(t('search.preferenceFailed')),
        )
      }
      onChosen(option.href !== undefined && !option.file)
    },
    [onChosen, router, t],
  )

  useEffect(() => {
    if (!settled || !enterWaits.current) return
    enterWaits.current = false
    if (active) document.getElementById(active.id)?.click()
  }, [settled, active])

  function point(id: string | undefined) {
    if (id === undefined) return
    setPointed(id)
    document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
  }

  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.altKey) return
    const at = active ? options.indexOf(active) : -1
    const moves: Partial<Record<string, number>> = {
      ArrowDown: (at + 1) % options.length,
      ArrowUp: (at - 1 + options.length) % options.length,
      Home: 0,
      End: options.length - 1,
    }
    const move = event.shiftKey ? undefined : moves[event.key]
    if (move !== undefined) {
      event.preventDefault()
      enterWaits.current = false
      point(options[move]?.id)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (!settled && pointed === null) enterWaits.current = true
      else if (active?.href && (event.ctrlKey || event.metaKey)) {
        if (active.opened) rememberOpened(active.opened)
        window.open(active.href, '_blank', 'noopener')
      } else if (active) document.getElementById(active.id)?.click()
    }
  }

  const shown = options.length > 0
  return (
    <>
      <Primitive.Title className="sr-only">{t('search.title')}</Primitive.Title>
      <Primitive.Description className="sr-only">{t('search.description')}</Primitive.Description>
      <div className="flex items-center gap-3 border-b px-4">
        <Search aria-hidden className="size-4.5 shrink-0 text-muted" />
        <input
          type="text"
          role="combobox"
          aria-label={t('search.title')}
          aria-expanded={shown}
          aria-controls={shown ? list : undefined}
          aria-activedescendant={active?.id}
          aria-autocomplete="list"
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={200}
          placeholder={t('search.placeholder')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setPointed(null)
            enterWaits.current = false
          }}
          onKeyDown={press}
          className="h-13 min-w-0 grow bg-transparent text-base placeholder:text-muted focus-visible:outline-none"
        />
        <Primitive.Close asChild>
          <Button variant="quiet" size="icon" aria-label={t('ui.close')}>
            <X aria-hidden />
          </Button>
        </Primitive.Close>
      </div>
      {shown && (
        <OptionList
          id={list}
          label={t('search.results')}
          groups={groups}
          active={active?.id ?? null}
          busy={!settled}
          onPoint={setPointed}
          onChoose={choose}
        />
      )}
      <SearchStatus
        typed={typed.trim()}
        count={options.length}
        settled={settled}
        problem={error === null ? null : isLost(error) ? 'offline' : 'failed'}
        onRetry={retry}
      />
    </>
  )
}

function isLost(error: Error): boolean {
  return error instanceof ApiProblem && (error.code === 'network' || error.status === 503)
}

async function keepPreference({ name, value }: Preference): Promise<void> {
  await fetch('/preferences', { method: 'POST', body: new URLSearchParams({ [name]: value }), redirect: 'manual' })
}
