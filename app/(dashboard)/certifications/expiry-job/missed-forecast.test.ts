import { NextIntlClientProvider } from 'next-intl'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { JobRunSummary } from '@/domain/expiry-job/queries'
import en from '@/messages/en.json'
import { MissedForecast } from './missed-forecast'

const none = { count: 0, renewed: 0, revoked: 0, deleted: 0, handled: 0 }

/** The banner over a run, as text; its role where it has one. */
function draw(expired_found: number, expected: JobRunSummary['expected']) {
  const run = { job_run_id: 'job_26MAR2026_01', expired_found, expected } as JobRunSummary
  const html = renderToStaticMarkup(
    createElement(NextIntlClientProvider, {
      locale: 'en-GB',
      messages: en,
      timeZone: 'UTC',
      // biome-ignore lint/correctness/noChildrenProp: there is no JSX here
      children: createElement(MissedForecast, { run }),
    }),
  )
  return { loud: html.includes('role="alert"'), text: html.replace(/<[^>]+>/g, '') }
}

test('is loud where something has no explanation, and says what has', () => {
  const { loud, text } = draw(0, { ...none, count: 3, renewed: 2 })
  expect(loud).toBe(true)
  expect(text).toContain(
    'job_26MAR2026_01: 3 were expected, none was found: 2 were renewed since and 1 has no explanation.',
  )
  expect(text).toContain('tell whoever runs the system')
})

test('is quiet where all of them explain themselves', () => {
  const { loud, text } = draw(0, { ...none, count: 3, renewed: 1, revoked: 1, handled: 1 })
  expect(loud).toBe(false)
  expect(text).toBe(
    'job_26MAR2026_01: 3 were expected, none was found: 1 was renewed since, 1 was revoked and 1 had been handled already.',
  )
})

test.each([
  [0, null],
  [0, none],
  [1, { ...none, count: 3 }],
])('says nothing after a run that found %i of %j', (found, expected) => {
  expect(draw(found, expected).text).toBe('')
})
