'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { BulkProgress } from '@/components/list/bulk-progress'
import { BulkResults } from '@/components/list/bulk-results'
import { KeyHints } from '@/components/list/key-hints'
import { SelectionBar } from '@/components/list/selection-bar'
import { useListKeys } from '@/components/list/use-list-keys'
import { useSelection } from '@/components/list/use-selection'
import { useStable } from '@/components/list/use-stable'
import { Button } from '@/components/ui/button'
import type { SyncInboxQuery } from '@/domain/mentor-status-sync/inbox-schema'
import { inboxHref } from './inbox-address'
import { type Turn, targetOf } from './inbox-state'
import { InboxTable } from './inbox-table'
import { NoteDialog } from './note-dialog'
import type { Inbox } from './use-inbox'
import { useNoteDraft } from './use-note-draft'
import { useNoteWriter } from './use-note-writer'

interface Props {
  inbox: Inbox
  query: SyncInboxQuery
  /** In place of the list once nothing is left of it. */
  empty: ReactNode
}

/** One tab of the inbox: select, acknowledge or take back, write notes, by mouse and by keys. */
export function InboxList({ inbox, query, empty }: Props) {
  const t = useTranslations()
  const { rows, tab, bulk } = inbox
  const ids = rows.map((row) => row.sync_event_id)
  const selection = useSelection(ids, inboxHref({ ...query, page: 1, limit: 20, sort: undefined }))
  const note = useNoteDraft()
  const writeNote = useNoteWriter(inbox, note.saved, note.refused)
  const waiting = tab !== 'acknowledged'
  const some = selection.chosen.size > 0
  const keys = useListKeys(ids, {
    x: (id) => selection.toggle(id, !selection.chosen.has(id)),
    e: (id) => dealWith(some ? null : id, { effect: 'leave', acknowledged: waiting }),
    r: (id) => openNote(some ? null : id),
  })

  const onReturned = useEffectEvent((id: string | null) => keys.focusRow(id))
  useEffect(() => {
    if (inbox.returned) onReturned(inbox.returned.id)
  }, [inbox.returned])

  /** Null for all that are chosen. */
  function dealWith(id: string | null, turn: Turn, onDone?: () => void, onUnread?: (error: unknown) => void) {
    const touched = rows.filter((row) =>
      id === null ? selection.chosen.has(row.sync_event_id) : row.sync_event_id === id,
    )
    if (turn.effect === 'leave') keys.focusBeside(new Set(touched.map((row) => row.sync_event_id)))
    const clear = () => id === null && turn.effect === 'leave' && selection.clear()
    if (id === null && selection.everything) {
      // what cannot be read stays chosen
      void inbox.turnEverything(selection.everything, turn, onDone, onUnread).then((read) => read && clear())
      return
    }
    inbox.turn(touched.map(targetOf), turn, 0, onDone)
    clear()
  }

  function openNote(id: string | null) {
    // one that is chosen is written to as one, and a refusal opens its note again
    const [only] = selection.chosen.size === 1 && !selection.everything ? selection.chosen : []
    note.write(rows.find((row) => row.sync_event_id === (id ?? only)) ?? null)
  }

  function saveNote(acknowledge: boolean) {
    if (!note.draft) return
    const { row, text } = note.draft
    const written = text.trim() || null
    note.close()
    const now = row && (rows.find((one) => one.sync_event_id === row.sync_event_id) ?? row)
    if (!now) {
      const turn: Turn = {
        effect: acknowledge ? 'leave' : 'stay',
        acknowledged: acknowledge || !waiting,
        ...(written !== null && { note: written }),
      }
      const onDone = () => note.saved(null)
      dealWith(null, turn, onDone, (error) => note.refused({ row: null, text }, error))
    } else if (written === now.note) {
      note.saved(now)
      if (acknowledge) dealWith(now.sync_event_id, { effect: 'leave', acknowledged: true })
    } else {
      if (acknowledge) keys.focusBeside(new Set([now.sync_event_id]))
      writeNote({ row: now, text: written, acknowledge })
    }
  }

  const onTurn = useStable((id: string) => dealWith(id, { effect: 'leave', acknowledged: waiting }))
  const onNote = useStable(openNote)
  const { draft } = note
  return (
    <div {...keys.list} className="focus-visible:-outline-offset-2">
      <BulkProgress bulk={bulk} />
      {rows.length === 0 ? (
        empty
      ) : (
        <>
          <SelectionBar selection={selection} list={inbox.list}>
            <Button
              size="small"
              variant="primary"
              onClick={() => dealWith(null, { effect: 'leave', acknowledged: waiting })}
            >
              {waiting
                ? t('actions.acknowledgeMany', { count: selection.count })
                : t('syncInbox.unacknowledgeMany', { count: selection.count })}
            </Button>
            <Button size="small" onClick={() => openNote(null)}>
              {t('syncInbox.writeNoteMany')}
            </Button>
          </SelectionBar>
          <InboxTable
            rows={rows}
            tab={tab}
            query={query}
            chosen={selection.chosen}
            failures={inbox.failures}
            rowAttributes={keys.rowAttributes}
            onSelect={selection.toggle}
            onTurn={onTurn}
            onNote={onNote}
          />
          <KeyHints
            hints={[
              { keys: ['j', 'k'], action: t('syncInbox.keyMove') },
              { keys: ['x'], action: t('syncInbox.keySelect') },
              { keys: ['e'], action: waiting ? t('syncInbox.keyAcknowledge') : t('syncInbox.keyUnacknowledge') },
              { keys: ['r'], action: t('syncInbox.keyNote') },
            ]}
          />
        </>
      )}
      {draft && (
        <NoteDialog
          draft={draft}
          row={draft.row && (rows.find((row) => row.sync_event_id === draft.row?.sync_event_id) ?? draft.row)}
          count={selection.count}
          waiting={waiting}
          onChange={note.change}
          onClose={note.close}
          onSave={saveNote}
          returnTo={() => (draft.row ? keys.elementOf(draft.row.sync_event_id) : null)}
        />
      )}
      <BulkResults bulk={bulk} hrefOf={(event) => inboxHref({ ...query, tab: 'pending', page: 1 }, { event })} />
    </div>
  )
}
