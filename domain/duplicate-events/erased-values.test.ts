import { describe, expect, it } from 'vitest'
import { withoutActivity } from './erased-values'
import type { ReceiptLine } from './merge-plan'

const receiptOf = (...lines: ReceiptLine[]) => ({ activity_id: 'act_1', content_before: 1, content_after: 2, lines })

describe('a receipt without what an erased mentor had written', () => {
  it.each([
    [
      { field: 'title', outcome: 'kept', draft: 'Tur', activity: 'Gåtur', merged: 'Gåtur' },
      { field: 'title', outcome: 'kept', draft: 'Tur', erased: ['activity', 'merged'] },
    ],
    [
      { field: 'title', outcome: 'same', draft: 'Tur', activity: 'Tur', merged: 'Tur' },
      { field: 'title', outcome: 'same', draft: 'Tur', erased: ['activity', 'merged'] },
    ],
    [
      { field: 'title', outcome: 'replaced', draft: 'Tur', activity: 'Gåtur', merged: 'Tur' },
      { field: 'title', outcome: 'replaced', draft: 'Tur', merged: 'Tur', erased: ['activity'] },
    ],
    [
      { field: 'bus', extra: true, outcome: 'kept', activity: 2, merged: 2 },
      { field: 'bus', extra: true, outcome: 'kept', erased: ['activity', 'merged'] },
    ],
  ] as [ReceiptLine, object][])('takes away the activity’s side of %j', (line, shown) => {
    expect(withoutActivity(receiptOf(line))).toEqual({ ...receiptOf(), lines: [shown] })
  })

  it.each([
    { field: 'notes', outcome: 'filled', draft: 'Ny', activity: null, merged: 'Ny' },
    { field: 'notes', outcome: 'dropped', draft: 'Ny' },
  ] as ReceiptLine[])('leaves what only the draft said: %j', (line) => {
    expect(withoutActivity(receiptOf(line)).lines).toEqual([line])
  })
})
