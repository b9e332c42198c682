'use client'

import { useTranslations } from 'next-intl'
import { useLayoutEffect, useRef, useState } from 'react'
import { leftOutOf } from '@/components/list/everything'
import type { RowResult } from '@/components/list/send-in-chunks'
import { useBulk } from '@/components/list/use-bulk'
import type { ListRead } from '@/components/list/use-selection'
import { useProblemToast } from '@/components/problem'
import { useView } from '@/components/use-view'
import type { SyncInboxQuery, SyncInboxSelection, SyncInboxView } from '@/domain/mentor-status-sync/inbox-schema'
import { callApi } from '@/lib/api-client'
import { inboxSelectionPath, inboxViewPath } from './inbox-address'
import {
  hideTurn,
  type InboxTarget,
  NOTHING_DONE,
  type Overlay,
  shownCounts,
  shownRows,
  showTurn,
  type Turn,
  targetOf,
} from './inbox-state'
import { sendTurn } from './send-turn'
import { useTold } from './use-told'

export type Inbox = ReturnType<typeof useInbox>

/** What has been done in the view at `path`. */
interface Done {
  readonly path: string
  readonly overlay: Overlay
  readonly failures: ReadonlyMap<string, string>
}

const NOTHING = { overlay: NOTHING_DONE, failures: new Map() }

/** A tab of the inbox with what is done to it: each change shows at once and is taken back where the server refuses. */
export function useInbox(query: SyncInboxQuery, fromServer: SyncInboxView) {
  const t = useTranslations('problems')
  const told = useTold()
  const path = inboxViewPath(query)
  const view = useView(path, fromServer).data
  const bulk = useBulk()
  const reportProblem = useProblemToast()
  const [done, setDone] = useState<Done>({ ...NOTHING, path })
  if (done.path !== path) setDone({ ...NOTHING, path })
  const [returned, setReturned] = useState<{ readonly id: string | null } | null>(null)

  const { as_of: asOf, tab } = view
  const read = useRef(asOf)
  useLayoutEffect(() => {
    read.current = asOf
  }, [asOf])
  const descending = query.sort === undefined ? tab === 'acknowledged' : query.sort === '-time'
  const rows = shownRows(view.data, done.overlay, descending)
  const counts = shownCounts(view, done.overlay)

  /** An Undo may come when another view is shown: that one knows better. */
  function change(how: (before: Done) => Partial<Done>) {
    setDone((before) => (before.path === path ? { ...before, ...how(before) } : before))
  }

  /** Answers the list that it shows in, for `hide`. */
  function show(targets: readonly InboxTarget[], turned: Turn, at = read.current): string {
    const ids = new Set(targets.map(({ id }) => id))
    change(({ overlay, failures }) => ({
      overlay: showTurn(overlay, targets, turned, at),
      failures: failures.size === 0 ? failures : new Map([...failures].filter(([id]) => !ids.has(id))),
    }))
    return at
  }

  function hide(targets: readonly InboxTarget[], turned: Turn, at: string, why: readonly RowResult[] = []) {
    if (targets.length === 0) return
    change(({ overlay, failures }) => ({
      overlay: hideTurn(overlay, targets, turned, at),
      failures: new Map([...failures, ...why.map((result) => [result.id, result.why ?? ''] as const)]),
    }))
  }

  function turn(targets: readonly InboxTarget[], turned: Turn, leftOut = 0, onDone?: () => void) {
    const byId = new Map(targets.map((target) => [target.id, target]))
    const targetsOf = (results: readonly { readonly id: string }[]) => results.flatMap(({ id }) => byId.get(id) ?? [])
    const at = show(targets, turned)
    bulk.run({
      rows: targets,
      leftOut,
      send: (chunk, { idempotencyKey }) => sendTurn(chunk, turned, idempotencyKey, (code) => t(`${code}.title`)),
      told: (count) => told.done(turned, count),
      toldUnchanged: (count) => told.unchanged(turned, count),
      onAnswer(results) {
        const refused = results.filter(({ outcome }) => outcome === 'refused')
        // what is sent again had come back meanwhile
        show(targetsOf(results.filter(({ outcome }) => outcome !== 'refused')), turned, at)
        hide(targetsOf(refused), turned, at, refused)
      },
      onEnd({ refused, unsent }) {
        hide(targetsOf(unsent), turned, at)
        if (refused.length + unsent.length === 0) onDone?.()
      },
      ...(!isUndo(turned) && {
        undo: (ended: readonly InboxTarget[]) => {
          turn(ended, undoOf(turned))
          setReturned({ id: ended.find(({ row }) => row)?.id ?? null })
        },
      }),
    })
  }

  /** Everything that matched when the list was read, and has not been touched since. False where it cannot be told. */
  async function turnEverything(
    list: ListRead,
    turned: Turn,
    onDone?: () => void,
    onUnread: (error: unknown) => void = reportProblem,
  ): Promise<boolean> {
    const here = list.asOf === asOf ? rows.map(targetOf) : []
    const at = show(here, turned)
    try {
      const { body } = await callApi<SyncInboxSelection>(list.path)
      const byId = new Map(here.map((target) => [target.id, target]))
      const targets = body.data.map((one) => {
        const { sync_event_id: id, mentor_name: name, note, version } = one
        return byId.get(id) ?? { id, name, note, version }
      })
      const chosen = new Set(targets.map(({ id }) => id))
      hide(
        here.filter(({ id }) => !chosen.has(id)),
        turned,
        at,
      )
      turn(targets, turned, leftOutOf(list, targets), onDone)
      return true
    } catch (error) {
      hide(here, turned, at)
      onUnread(error)
      return false
    }
  }

  return {
    tab,
    rows,
    counts,
    total: Math.max(rows.length, view.pagination.total + counts[tab] - view.counts[tab]),
    list: { total: view.pagination.total, asOf, path: inboxSelectionPath(query, asOf) },
    failures: done.failures,
    bulk,
    /** The row that an Undo has brought back. */
    returned,
    show,
    hide,
    turn,
    turnEverything,
  }
}

function isUndo({ effect, restoreNotes }: Turn): boolean {
  return effect === 'return' || restoreNotes === true
}

function undoOf(turn: Turn): Turn {
  const restoreNotes = turn.note !== undefined
  return turn.effect === 'stay'
    ? { effect: 'stay', acknowledged: turn.acknowledged, restoreNotes }
    : { effect: 'return', acknowledged: !turn.acknowledged, restoreNotes }
}
