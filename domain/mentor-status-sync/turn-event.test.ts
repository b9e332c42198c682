import { expect, test } from 'vitest'
import type { Instant } from '@/lib/instant'
import { turnEvent } from './turn-event'

const now = '2026-03-26T10:00:00.000000Z' as Instant
const call = { now, caller: { org: 'org', actor: 'open' } }
const waiting = { note: 'ringt', acknowledged_at: null, acknowledged_by: null }
const done = { note: 'ringt', acknowledged_at: '2026-03-01T10:00:00.000000Z' as Instant, acknowledged_by: 'kari' }

test.each([
  [
    'is acknowledged',
    waiting,
    { acknowledged: true },
    'acknowledged',
    { acknowledged_at: now, acknowledged_by: 'open' },
  ],
  ['is taken back', done, { acknowledged: false }, 'unacknowledged', waiting],
  ['gets a note', done, { reason: 'ny' }, 'annotated', { ...done, note: 'ny' }],
  ['loses its note', waiting, { acknowledged: false, reason: null }, 'annotated', { ...waiting, note: null }],
  [
    'gets a note with it',
    waiting,
    { acknowledged: true, reason: 'ny' },
    'acknowledged',
    { note: 'ny', acknowledged_at: now },
  ],
] as const)('an event that %s', (_, event, wanted, action, after) => {
  expect(turnEvent(call, event, wanted)).toMatchObject({ action, after })
})

test.each([
  [waiting, { acknowledged: false }],
  [done, { acknowledged: true }],
  [done, { reason: 'ringt' }],
])('what is so already stays, with who acknowledged it', (event, wanted) => {
  expect(turnEvent(call, event, wanted)).toBeNull()
})
