'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { KeyHints } from '@/components/list/key-hints'
import { useListKeys } from '@/components/list/use-list-keys'
import type { DuplicateReceiptRow, DuplicateReceiptsQuery } from '@/domain/duplicate-events/review-schema'
import { DecidedTable } from './decided-table'
import { useTakeBack } from './use-take-back'

interface Props {
  rows: readonly DuplicateReceiptRow[]
  query: DuplicateReceiptsQuery
}

/** Decisions, each with its receipt and the way back, by mouse and by keys. */
export function DecidedList({ rows, query }: Props) {
  const t = useTranslations('decided')
  const router = useRouter()
  const { takenBack, takeBack } = useTakeBack()
  const keys = useListKeys(
    rows.map((row) => row.receipt_id),
    { u: undo },
    (id) => router.push(`/duplicates/receipts/${id}` as Route),
  )

  function undo(id: string) {
    const row = rows.find((one) => one.receipt_id === id)
    if (!row?.undoable || takenBack.has(id)) return
    // its button leaves, the row stays
    keys.focusRow(id)
    takeBack(row)
  }

  return (
    <div {...keys.list} className="focus-visible:-outline-offset-2">
      <DecidedTable rows={rows} query={query} takenBack={takenBack} rowAttributes={keys.rowAttributes} onUndo={undo} />
      <KeyHints
        hints={[
          { keys: ['j', 'k'], action: t('keyMove') },
          { keys: ['u'], action: t('keyUndo') },
          { keys: ['Enter'], action: t('keyOpen') },
        ]}
      />
    </div>
  )
}
