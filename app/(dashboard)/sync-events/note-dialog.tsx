'use client'

import { useTranslations } from 'next-intl'
import { type SyntheticEvent, useId } from 'react'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Textarea } from '@/components/ui/field'
import type { SyncInboxRow } from '@/domain/mentor-status-sync/inbox-schema'

const MAX_LENGTH = 2000

export interface NoteDraft {
  readonly id: string
  readonly text: string
  /** Why the last attempt was refused: what had been typed is kept. */
  readonly refusal?: unknown
}

interface Props {
  row: SyncInboxRow
  draft: NoteDraft
  onChange: (text: string) => void
  onClose: () => void
  onSave: () => void
}

/** A coordinator's note on an event; the mentor's own words stand above it. */
export function NoteDialog({ row, draft, onChange, onClose, onSave }: Props) {
  const t = useTranslations()
  const form = useId()

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    onSave()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('syncInbox.noteTitle', { name: row.mentor_name })}
      description={t('syncInbox.noteDescription', { event: t(`events.${row.event_type}`) })}
      actions={
        <Button type="submit" form={form} variant="primary">
          {t('actions.save')}
        </Button>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        {draft.refusal !== undefined && <Problem error={draft.refusal} />}
        {row.reason && <blockquote className="border-control border-l-2 pl-3 text-sm">{row.reason}</blockquote>}
        <Textarea
          label={t('syncInbox.note')}
          hint={t('syncInbox.noteHint', { left: MAX_LENGTH - draft.text.length })}
          value={draft.text}
          maxLength={MAX_LENGTH}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave()
          }}
        />
      </form>
    </Dialog>
  )
}
