import { describe, expect, it } from 'vitest'
import type { BatchItem, DuplicateBatch } from '@/domain/duplicate-events/batch-schema'
import { standingOf } from './batch-state'

function batchOf(state: DuplicateBatch['state'], ...outcomes: BatchItem['outcome'][]): DuplicateBatch {
  const counts = { planned: 0, refused: 0, done: 0, undone: 0, undo_refused: 0 }
  for (const outcome of outcomes) counts[outcome]++
  const items = outcomes.map((outcome) => ({
    outcome,
    plan: outcome === 'refused' ? null : { filled: [], replaced: [], dropped: [], countable_change: -1 },
  }))
  return { state, counts, items } as unknown as DuplicateBatch
}

describe('standingOf', () => {
  it('counts what is to be carried out, without what was refused when planned', () => {
    expect(standingOf(batchOf('running', 'refused', 'done', 'done', 'planned'))).toEqual({ total: 3, ended: 2 })
  })

  it('counts what is to be taken back', () => {
    expect(standingOf(batchOf('undoing', 'refused', 'undone', 'undo_refused', 'done'))).toEqual({ total: 3, ended: 2 })
  })

  it.each(['planned', 'done', 'undone'] as const)('knows of nothing under way in %s', (state) => {
    expect(standingOf(batchOf(state, 'done', 'planned'))).toBeNull()
  })
})
