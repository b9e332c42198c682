import { expect, it } from 'vitest'
import { asksForEvents } from './accept'

it.each([
  'text/event-stream',
  'Text/Event-Stream; charset=utf-8',
  'text/event-stream, */*;q=0.1',
  'application/json;q=0.5, text/event-stream',
  'application/json, text/event-stream',
])('takes %s for a wish for events', (accept) => {
  expect(asksForEvents(accept)).toBe(true)
})

it.each([
  null,
  '',
  '*/*',
  'text/*',
  'application/json',
  'text/html, */*;q=0.8',
  'text/event-stream;q=0',
  'text/event-stream;q=none',
  'text/event-stream;q=0.4, application/json',
])('takes %s for none', (accept) => {
  expect(asksForEvents(accept)).toBe(false)
})
