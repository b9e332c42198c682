'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Textarea } from '@/components/ui/field'

interface Props {
  open: boolean
  title: string
  onClose: () => void
  /** With null where nothing was typed. */
  onPause: (reason: string | null) => void
  description?: string | undefined
  /** Why the last attempt failed: what was typed stays. */
  children?: ReactNode
}

/** Asks for the words that go with a pause; they are kept until a pause was made with them. */
export function PauseDialog({ open, title, onClose, onPause, description, children }: Props) {
  const t = useTranslations()
  const [reason, setReason] = useState('')
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={title}
      description={description ?? t('mentor.pauseBody')}
      actions={
        <Button variant="primary" onClick={() => onPause(reason.trim() || null)}>
          {t('actions.pause')}
        </Button>
      }
    >
      <Textarea
        label={t('fields.reason')}
        hint={t('mentor.reasonHint')}
        value={reason}
        maxLength={2000}
        onChange={(event) => setReason(event.target.value)}
      />
      {children && <div className="mt-3">{children}</div>}
    </Dialog>
  )
}
