'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import type { SyncInboxRow, SyncInboxTab } from '@/domain/mentor-status-sync/inbox-schema'
import { neighbour } from './inbox-state'
import { InboxTable, rowId } from './inbox-table'
import { KeyHints } from './key-hints'
import { NoteDialog, type NoteDraft } from './note-dialog'
import { useInbox } from './use-inbox'

interface Props {
  rows: readonly SyncInboxRow[]
  tab: SyncInboxTab
  /** In place of the list once nothing is left of it. */
  empty: ReactNode
}

/** One tab of the inbox: select, acknowledge or take back, write notes, by mouse and by keys. */
export function InboxList({ rows, tab, empty }: Props) {
  const t = useTranslations()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [current, setCurrent] = useState<string | null>(null)
  const [focus, setFocus] = useState<{ readonly id: string | null } | null>(null)
  const [draft, setDraft] = useState<NoteDraft | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const inbox = useInbox(rows, tab, (returned) => setFocus({ id: returned[0]?.sync_event_id ?? null }))
  const { shown } = inbox
  const selected = shown.filter((row) => chosen.has(row.sync_event_id))
  const acknowledge = tab !== 'acknowledged'

  useEffect(() => {
    if (!focus) return
    const row = focus.id === null ? null : document.getElementById(rowId(focus.id))
    const target = row ?? list.current
    target?.focus()
    // leaving a toast gives the focus back to where it was before the toast: ask once more
    if (document.activeElement !== target) target?.focus()
  }, [focus])

  function turn(turned: readonly SyncInboxRow[]) {
    const leaving = new Set(turned.map((row) => row.sync_event_id))
    setChosen(new Set([...chosen].filter((id) => !leaving.has(id))))
    setFocus({ id: neighbour(shown, leaving) })
    inbox.turn({ rows: turned, acknowledged: acknowledge })
  }

  function select(ids: readonly string[], on: boolean) {
    setChosen(new Set(on ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id))))
  }

  function onKey(event: KeyboardEvent, row: SyncInboxRow) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const index = shown.indexOf(row)
    const id = row.sync_event_id
    const move = (to: SyncInboxRow | undefined) => to && setFocus({ id: to.sync_event_id })
    const actions: Record<string, () => void> = {
      j: () => move(shown[index + 1]),
      k: () => move(shown[index - 1]),
      x: () => select([id], !chosen.has(id)),
      e: () => turn(selected.length > 0 ? selected : [row]),
      r: () => setDraft({ id, text: row.note ?? '' }),
    }
    const action = actions[event.key]
    if (!action) return
    event.preventDefault()
    action()
  }

  function saveNote(row: SyncInboxRow, saved: NoteDraft) {
    setDraft(null)
    setFocus({ id: saved.id })
    const text = saved.text.trim() || null
    if (text === row.note) return
    // what was typed is kept, unless another note is being written meanwhile
    inbox.writeNote({ row, text }, { onError: (refusal) => setDraft((open) => open ?? { ...saved, refusal }) })
  }

  const noted = draft && shown.find((row) => row.sync_event_id === draft.id)
  const all = shown.map((row) => row.sync_event_id)
  return (
    <div ref={list} tabIndex={-1}>
      {shown.length === 0 ? (
        empty
      ) : (
        <>
          <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-1.5 noscript:hidden print:hidden">
            <Checkbox
              label={t('actions.selectAll')}
              checked={selected.length === shown.length}
              ref={(box) => {
                if (box) box.indeterminate = selected.length > 0 && selected.length < shown.length
              }}
              onChange={(event) => select(all, event.target.checked)}
            />
            {selected.length > 0 && (
              <>
                <Button size="small" variant="primary" onClick={() => turn(selected)}>
                  {acknowledge
                    ? t('actions.acknowledgeMany', { count: selected.length })
                    : t('syncInbox.unacknowledgeMany', { count: selected.length })}
                </Button>
                <Button size="small" variant="quiet" onClick={() => setChosen(new Set())}>
                  {t('syncInbox.clearSelection')}
                </Button>
              </>
            )}
            <span role="status" className="sr-only">
              {selected.length > 0 && t('filters.selected', { count: selected.length })}
            </span>
          </div>
          <InboxTable
            rows={shown}
            tab={tab}
            chosen={chosen}
            failures={inbox.failures}
            current={shown.some((row) => row.sync_event_id === current) ? current : (all[0] ?? null)}
            onCurrent={setCurrent}
            onSelect={(id, on) => select([id], on)}
            onTurn={(row) => turn([row])}
            onNote={(row) => setDraft({ id: row.sync_event_id, text: row.note ?? '' })}
            onKey={onKey}
          />
          <KeyHints acknowledge={acknowledge} />
        </>
      )}
      {draft && noted && (
        <NoteDialog
          row={noted}
          draft={draft}
          onChange={(text) => setDraft({ ...draft, text })}
          onClose={() => setDraft(null)}
          onSave={() => saveNote(noted, draft)}
        />
      )}
    </div>
  )
}
