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
