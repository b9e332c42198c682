'use client'

import { useTranslations } from 'next-intl'
import { type SyntheticEvent, useId } from 'react'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Textarea } from '@/components/ui/field'
import type { SyncInboxRow } from '@/domain/mentor-status-sync/inbox-schema'
import type { NoteDraft } from './use-note-draft'

const MAX_LENGTH = 2000

interface Props {
  draft: NoteDraft
  /** The event as it is now; null for a note on all that are chosen. */
  row: SyncInboxRow | null
  /** How many events the note is for. */
  count: number
  /** Whether the events can be acknowledged along with it. */
  waiting: boolean
  onChange: (text: string) => void
  onClose: () => void
  onSave: (acknowledge: boolean) => void
  /** Where the event stands in the list. */
  returnTo: () => HTMLElement | null
}

/** A coordinator's note on one event or many; the mentor's own words stand above it. */
export function NoteDialog({ draft, row, count, waiting, onChange, onClose, onSave, returnTo }: Props) {
  const t = useTranslations()
  const form = useId()
  // an empty note on one takes its note away; on many it is nothing to save
  const saveable = row !== null || draft.text.trim() !== ''

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (waiting || saveable) onSave(waiting)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      returnTo={returnTo}
      title={row ? t('syncInbox.noteTitle', { name: row.mentor_name }) : t('syncInbox.noteTitleMany', { count })}
      description={
        row
          ? t('syncInbox.noteDescription', { event: t(`events.${row.event_type}`) })
          : t('syncInbox.noteDescriptionMany')
      }
      actions={
        <>
          <Button variant={waiting ? 'secondary' : 'primary'} disabled={!saveable} onClick={() => onSave(false)}>
            {t('actions.save')}
          </Button>
          {waiting && (
            <Button type="submit" form={form} variant="primary">
              {t('syncInbox.acknowledgeWithNote')}
            </Button>
          )}
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        {draft.refusal !== undefined && <Problem error={draft.refusal} />}
        {row?.reason && <blockquote className="border-control border-l-2 pl-3 text-sm">{row.reason}</blockquote>}
        {draft.refusal !== undefined && row && row.note !== draft.row?.note && (
          <p className="text-sm">
            {row.note === null ? t('syncInbox.noteNowNone') : t('syncInbox.noteNow', { note: row.note })}
          </p>
        )}
        <Textarea
          label={t('syncInbox.note')}
          hint={`${t(row ? 'syncInbox.noteHint' : 'syncInbox.noteHintMany', { left: MAX_LENGTH - draft.text.length })} ${t(waiting ? 'syncInbox.noteKeyAcknowledge' : 'syncInbox.noteKeySave')}`}
          data-autofocus
          value={draft.text}
          maxLength={MAX_LENGTH}
          onFocus={({ currentTarget }) => currentTarget.setSelectionRange(draft.text.length, draft.text.length)}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
          }}
        />
      </form>
    </Dialog>
  )
}
