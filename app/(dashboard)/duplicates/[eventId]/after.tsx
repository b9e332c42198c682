'use client'

import { RotateCcw, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Textarea } from '@/components/ui/field'
import { holdTyped, useTyped } from './typed'
import { type Move, useMove, useSaveNote } from './use-decide'

/** Takes a decision back, or tries a failed event again. */
export function MoveButton({ id, to, decidedOn }: Move) {
  const t = useTranslations('actions')
  const move = useMove()
  const again = to === 'checking'
  const Icon = again ? RotateCcw : Undo2
  return (
    <Button
      className="noscript:hidden print:hidden"
      aria-disabled={move.isPending}
      onClick={() => !move.isPending && move.mutate({ id, to, decidedOn })}
    >
      <Icon aria-hidden />
      {again ? t('tryAgain') : t('undo')}
    </Button>
  )
}

/** The note of an event that is decided already; what was typed before somebody else decided is still in it. */
export function NoteEditor({ id, saved }: { id: string; saved: string | null }) {
  const t = useTranslations('duplicates')
  const { note } = useTyped(id)
  const save = useSaveNote(id)
  const text = note ?? saved ?? ''

  function submit(event: React.SyntheticEvent) {
    event.preventDefault()
    if (!save.isPending) save.mutate(text.trim() === '' ? null : text.trim())
  }

  return (
    <form onSubmit={submit} className="grid justify-items-start gap-3">
      <div className="w-full">
        <Textarea
          label={t('note')}
          maxLength={2000}
          rows={2}
          value={text}
          onChange={(event) => holdTyped(id, { note: event.target.value })}
        />
      </div>
      <Button type="submit" size="small" className="noscript:hidden" disabled={text.trim() === (saved ?? '')}>
        {t('saveNote')}
      </Button>
    </form>
  )
}
