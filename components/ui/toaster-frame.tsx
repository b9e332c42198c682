'use client'

import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { toasterArrived } from './toast'

/** Where toasts appear. Long enough to read and to reach Undo. */
export default function ToasterFrame() {
  const t = useTranslations('ui')
  useEffect(() => toasterArrived(toast), [])
  useEffect(() => {
    document.addEventListener('keydown', leaveForward)
    return () => document.removeEventListener('keydown', leaveForward)
  }, [])
  return (
    <Sonner
      position="bottom-right"
      mobileOffset={{ bottom: 76, left: 12, right: 12 }}
      duration={8000}
      closeButton
      customAriaLabel={t('notifications')}
      icons={{
        success: <CircleCheck className="size-4.5 text-valid" />,
        error: <CircleX className="size-4.5 text-expired" />,
        warning: <TriangleAlert className="size-4.5 text-expiring" />,
        info: <Info className="size-4.5 text-accent" />,
      }}
      toastOptions={{
        closeButtonAriaLabel: t('close'),
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-start gap-2.5 rounded-box border bg-surface px-3.5 py-3 pr-9 text-ink text-sm shadow-float',
          icon: 'mt-0.5 shrink-0',
          content: 'min-w-0 grow',
          title: 'font-medium',
          description: 'mt-0.5 text-muted',
          actionButton:
            'min-h-7 shrink-0 self-center rounded-box border border-control px-2.5 font-medium text-accent hover:bg-subtle',
          closeButton:
            'absolute top-2.5 right-2.5 grid size-6 place-items-center rounded-box text-muted hover:bg-subtle',
        },
      }}
    />
  )
}

const REACHED_BY_TAB = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])'

/**
 * Whoever leaves the toasts is led back to where he came from. Where that is the page's last element, the next Tab would
 * lead into the toasts again, round and round as long as they stand: from there it goes on at the beginning of the page.
 */
function leaveForward(event: KeyboardEvent): void {
  if (event.key !== 'Tab' || event.shiftKey || !(event.target instanceof HTMLElement)) return
  const toasts = event.target.closest('[data-sonner-toaster]')
  if (!toasts || event.target !== findReached(toasts).at(-1)) return
  event.preventDefault()
  event.target.blur()
  const others = findReached(document).filter((element) => !toasts.contains(element))
  if (document.activeElement === document.body || document.activeElement === others.at(-1)) others[0]?.focus()
}

function findReached(within: ParentNode): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(REACHED_BY_TAB)].filter(
    (element) => !element.matches(':disabled') && element.checkVisibility(),
  )
}
