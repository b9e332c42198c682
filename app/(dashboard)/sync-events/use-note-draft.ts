'use client'

import { useEffect, useRef, useState } from 'react'
import { useProblemToast } from '@/components/problem'
import type { SyncInboxRow } from '@/domain/mentor-status-sync/inbox-schema'

export interface NoteDraft {
  /** Null for a note on all that are chosen. */
  readonly row: SyncInboxRow | null
  readonly text: string
  /** Why the last attempt was refused: what had been typed is kept. */
  readonly refusal?: unknown
}

interface Unsaved {
  readonly row: SyncInboxRow | null
  readonly text: string | null
}

/** The note that is being written. What is typed and not saved is there again when the dialog is opened again. */
export function useNoteDraft() {
  const [draft, setDraft] = useState<NoteDraft | null>(null)
  const kept = useRef(new Map<string, string>())
  const open = useRef<'gone' | 'closed' | 'open'>('gone')
  const reportProblem = useProblemToast()
  useEffect(() => {
    open.current = draft ? 'open' : 'closed'
    return () => {
      open.current = 'gone'
    }
  }, [draft])

  return {
    draft,
    write(row: SyncInboxRow | null) {
      setDraft({ row, text: kept.current.get(keyOf(row)) ?? row?.note ?? '' })
    },
    change: (text: string) => setDraft((held) => held && { ...held, text }),
    /** Closed, or sent: until it is saved, the text is kept. */
    close() {
      if (draft) kept.current.set(keyOf(draft.row), draft.text)
      setDraft(null)
    },
    saved: (row: SyncInboxRow | null) => kept.current.delete(keyOf(row)),
    refused({ row, text }: Unsaved, refusal: unknown) {
      kept.current.set(keyOf(row), text ?? '')
      // another note is being written meanwhile, or the screen has been left
      if (open.current !== 'closed') return reportProblem(refusal)
      setDraft({ row, text: text ?? '', refusal })
    },
  }
}

function keyOf(row: SyncInboxRow | null): string {
  return row?.sync_event_id ?? 'chosen'
}
