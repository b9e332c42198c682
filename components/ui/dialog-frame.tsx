'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { Button } from './button'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** One sentence that says what will happen. */
  description: ReactNode
  /** What carries `data-autofocus` has the focus first. */
  children?: ReactNode
  /** Buttons, the decisive one last. A button that cancels comes by itself. */
  actions: ReactNode
  /** What that button says where there is nothing to cancel. */
  closeLabel?: ReactNode
  /** Where the focus goes in the end, if it is there, instead of back to where it was. */
  returnTo?: () => HTMLElement | null
}

export default function DialogFrame({
  open,
  onOpenChange,
  title,
  description,
  children,
  actions,
  closeLabel,
  returnTo,
}: DialogProps) {
  const t = useTranslations('ui')
  const opener = useRef<Element | null>(null)
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-[rgb(8_14_20/0.5)]" />
        <Primitive.Content
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement
            const first = (event.currentTarget as Element).querySelector<HTMLElement>('[data-autofocus]')
            if (!first) return
            event.preventDefault()
            first.focus()
          }}
          // there is no trigger that the primitive knows of, so it would leave the focus nowhere
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            const target = returnTo?.() ?? opener.current
            if (target instanceof HTMLElement) target.focus()
          }}
          className="fixed inset-x-3 bottom-3 z-50 mx-auto flex max-h-[calc(100dvh-1.5rem)] max-w-xl flex-col rounded-box border bg-surface shadow-float sm:top-1/2 sm:bottom-auto sm:-translate-y-1/2"
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4">
            <div>
              <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
              <Primitive.Description className="mt-0.5 text-muted text-sm">{description}</Primitive.Description>
            </div>
            <Primitive.Close asChild>
              <Button variant="quiet" size="icon" aria-label={t('close')}>
                <X aria-hidden />
              </Button>
            </Primitive.Close>
          </header>
          <div className="min-h-0 overflow-y-auto px-5 py-4">{children}</div>
          <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">
            <Primitive.Close asChild>
              <Button>{closeLabel ?? t('cancel')}</Button>
            </Primitive.Close>
            {actions}
          </footer>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
