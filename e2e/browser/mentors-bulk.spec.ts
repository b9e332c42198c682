import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { certify, registerMentors, runExpiryJob, sendEvents, statusOf } from './probe-mentors'
import { examineLooks, watchComplaints } from './screen'

const pauseOf = (mentor_id: string) => ({ event_type: 'PauseMentorEvent', mentor_id })

test('by keys alone: some are chosen and paused with a reason, and one refusal is explained', async ({
  page,
  request,
}) => {
  const { mark, mentors } = await registerMentors(request, 4)
  const [first, second, third, other] = mentors as [Probe, Probe, Probe, Probe]
  // a phone whose clock runs ahead: what it said counts until its time has come
  const ahead = new Date(Date.now() + 250_000).toISOString()
  await sendEvents(request, [{ event_type: 'ResumeMentorEvent', mentor_id: third.id, client_timestamp: ahead }])
  const complaints = watchComplaints(page)
  await page.goto(`/mentors?q=${mark}`)
  const row = ({ name }: Probe) => page.getByRole('row', { name })
  await row(first).focus()
  for (const key of ['x', 'j', 'x', 'j', 'x', 'k', 'j']) await page.keyboard.press(key)
  await expect(page.getByText('3 valgt').first()).toBeVisible()
  await expect(row(third)).toBeFocused()
  await page.keyboard.press('p')
  const dialog = page.getByRole('dialog', { name: 'Sett 3 likepersoner på pause?' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.type('Sommerferie')
  await expect(dialog.getByRole('textbox', { name: 'Begrunnelse' })).toHaveValue('Sommerferie')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const results = page.getByRole('dialog', { name: '1 rad ble ikke endret' })
  await expect(results).toContainText('2 er endret. 1 ble avvist.')
  await expect(results.getByRole('listitem')).toContainText(third.name)
  await expect(results.getByRole('listitem')).toContainText(/Kom etter en nyere hendelse fra \d+\. .* «Aktiv»/)
  await page.keyboard.press('Escape')
  await expect(results).toBeHidden()
  await expect(row(first)).toContainText('På pause')
  await expect(row(second)).toContainText('satt på pause manuelt')
  await expect(row(third)).toContainText('Aktiv')
  await expect(row(other)).toContainText('Aktiv')
  expect(await Promise.all(mentors.map(({ id }) => statusOf(request, id)))).toEqual([
    'paused',
    'paused',
    'active',
    'active',
  ])
  // the server says the same, and the words went along
  await page.reload()
  await row(first).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Kan få oppdrag?' })).toContainText('«Sommerferie»')
  expect(complaints).toEqual([])
})

/** Lets no answer to `url` through until the returned function is called. */
async function hold(page: Page, url: string): Promise<() => void> {
  const gate = new AbortController()
  const opened = new Promise((resolve) => gate.signal.addEventListener('abort', resolve))
  await page.route(url, async (route) => {
    await opened
    await route.fallback().catch(() => null)
  })
  return () => gate.abort()
}

interface Probe {
  id: string
  name: string
}

test('everything that matched is paused on all pages, but not what changed since; Undo resumes only what this paused', async ({
  page,
  request,
}) => {
  const { mark, mentors } = await registerMentors(request, 23)
  const [already, changed] = [mentors[1], mentors[2]] as [Probe, Probe]
  await sendEvents(request, [pauseOf(already.id)])
  await page.goto(`/mentors?q=${mark}`)
  await expect(page.getByText('23 treff', { exact: true })).toBeVisible()
  await page.getByRole('checkbox', { name: 'Velg alle på denne siden' }).check()
  await page.getByRole('button', { name: 'Velg alle 23 som passer' }).click()
  await expect(page.getByText('Alle 23 som passer, er valgt').first()).toBeVisible()
  const email = 'endret@likeperson.example'
  expect((await request.put(`/api/v1/mentors/${changed.id}`, { data: { email } })).status()).toBe(200)
  await page.getByRole('button', { name: 'Sett på pause' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sett 23 likepersoner på pause?' })
  await dialog.getByRole('button', { name: 'Sett på pause' }).click()
  await expect(page.getByText('21 likepersoner er satt på pause')).toBeVisible()
  await expect(page.getByText('1 var slik fra før. 1 er endret av andre siden listen ble lest')).toBeVisible()
  const pausedNow = async () => {
    const view = await (await request.get(`/api/v1/views/mentors?q=${mark}&status=paused&limit=100`)).json()
    return view.data.map((row: { mentor_id: string }) => row.mentor_id)
  }
  expect(await pausedNow()).toEqual(mentors.filter((one) => one !== changed).map(({ id }) => id))
  await expect(page.getByRole('row', { name: changed.name })).toContainText('Aktiv')
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(page.getByText('Pausene til 21 likepersoner er avsluttet')).toBeVisible()
  expect(await pausedNow()).toEqual([already.id])
  await expect(page.getByRole('row').filter({ hasText: 'På pause' })).toHaveCount(1)
})

test('what was chosen in one list is not chosen in another: a filter, a tab', async ({ page, request }) => {
  const { mark } = await registerMentors(request, 22)
  const box = page.getByRole('checkbox', { name: 'Velg alle på denne siden' })
  await page.goto(`/mentors?q=${mark}`)
  await box.check()
  await page.getByRole('button', { name: 'Velg alle 22 som passer' }).click()
  // another page of the same list is the same choice
  await page.getByRole('link', { name: 'Neste' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(page.getByText('Alle 22 som passer, er valgt').first()).toBeVisible()
  await page.getByRole('link', { name: 'Nullstill' }).click()
  await expect(page).toHaveURL(/mentors$/)
  await expect(page.getByRole('row').nth(20)).toBeVisible()
  await expect(page.getByText('er valgt')).toHaveCount(0)
  await expect(box).not.toBeChecked()
  await expect(page.getByRole('button', { name: 'Avslutt pausen' })).toHaveCount(0)

  await page.goto('/certifications?window=90')
  await box.check()
  await page.getByRole('button', { name: /^Velg alle \d+ som passer/ }).click()
  await expect(page.getByText(/Alle \d+ som passer, er valgt/).first()).toBeVisible()
  const tab = page.getByRole('link', { name: /Innen 60 dager/ })
  await tab.click()
  await expect(tab).toHaveAttribute('aria-current', 'page')
  await expect(page.getByText('er valgt')).toHaveCount(0)
  await expect(box).not.toBeChecked()
})

test('choosing everything, or nothing any more, leaves the focus at the box of the page', async ({ page, request }) => {
  const { mark } = await registerMentors(request, 22)
  await page.goto(`/mentors?q=${mark}`)
  const box = page.getByRole('checkbox', { name: 'Velg alle på denne siden' })
  await box.check()
  await page.getByRole('button', { name: 'Velg alle 22 som passer' }).press('Enter')
  await expect(page.getByText('Alle 22 som passer, er valgt').first()).toBeVisible()
  await expect(box).toBeFocused()
  await page.getByRole('button', { name: 'Fjern valget' }).press('Enter')
  await expect(box).not.toBeChecked()
  await expect(box).toBeFocused()
})

test('pauses are ended from the list of the paused, which closes up and keeps the focus', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 3)
  const [first, second] = mentors as [Probe, Probe]
  await sendEvents(
    request,
    mentors.map(({ id }) => pauseOf(id)),
  )
  await page.goto(`/mentors?q=${mark}&status=paused`)
  const row = ({ name }: Probe) => page.getByRole('row', { name })
  await row(first).focus()
  await page.keyboard.press('r')
  await expect(page.getByText(`Pausen til ${first.name} er avsluttet`)).toBeVisible()
  await expect(row(first)).toBeHidden()
  await expect(row(second)).toBeFocused()
  await expect(page.getByText('2 treff', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Angre' }).click()
  await expect(row(first)).toContainText('På pause')
  await expect(page.getByText('3 treff', { exact: true })).toBeVisible()
})

test('a pause without an answer is shown as it was, and can be sent again', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 2)
  await page.goto(`/mentors?q=${mark}`)
  const rows = page.getByRole('row').filter({ hasText: mark })
  await page.getByRole('checkbox', { name: 'Velg alle på denne siden' }).check()
  await page.getByRole('button', { name: 'Sett på pause' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Uten nett')
  await page.context().setOffline(true)
  await page.getByRole('dialog').getByRole('button', { name: 'Sett på pause' }).click()
  const results = page.getByRole('dialog', { name: '2 rader ble ikke endret' })
  await expect(results).toContainText('Ingen kontakt med serveren')
  await expect(rows.filter({ hasText: 'På pause' })).toHaveCount(0)
  await page.context().setOffline(false)
  const answer = await hold(page, '**/events/batch')
  await results.getByRole('button', { name: 'Send 2 på nytt' }).click()
  await expect(page.getByText('2 likepersoner er satt på pause')).toHaveCount(0)
  answer()
  await expect(page.getByText('2 likepersoner er satt på pause')).toBeVisible()
  await expect(rows.filter({ hasText: 'På pause' })).toHaveCount(2)
  expect(await Promise.all(mentors.map(({ id }) => statusOf(request, id)))).toEqual(['paused', 'paused'])
})

test('a list that was being read anew does not take back what has been done since', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 2)
  const [first, second] = mentors as [Probe, Probe]
  await page.goto(`/mentors?q=${mark}`)
  const row = ({ name }: Probe) => page.getByRole('row', { name })
  const pause = async (one: Probe) => {
    await row(one).press('p')
    await page.getByRole('dialog').getByRole('button', { name: 'Sett på pause' }).click()
  }
  const list = await hold(page, '**/api/v1/views/mentors?*')
  const reading = page.waitForRequest('**/api/v1/views/mentors?*')
  await pause(first)
  await expect(page.getByText(`${first.name} er satt på pause`)).toBeVisible()
  const cancelled = page.waitForEvent('requestfailed', (sent) => sent.url().includes('/views/mentors?'))
  const before = await reading
  const answer = await hold(page, '**/events/batch')
  await pause(second)
  expect((await cancelled).url()).toBe(before.url())
  await expect(row(second)).toContainText('På pause')
  list()
  answer()
  await expect(page.getByText(`${second.name} er satt på pause`)).toBeVisible()
  await expect(row(second)).toContainText('På pause')
})

test('a pause that only a renewal lifts is not ended, and the refusal says so', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 1)
  const [mentor] = mentors as [Probe]
  await certify(request, mentor.id, -3)
  await runExpiryJob(request)
  await page.goto(`/mentors?q=${mark}`)
  const row = page.getByRole('row', { name: mentor.name })
  await row.focus()
  await page.keyboard.press('r')
  await expect(page.getByText(`${mentor.name} ble ikke endret`)).toBeVisible()
  await expect(page.getByText('Bare en fornyelse opphever den.')).toBeVisible()
  await expect(row).toContainText('på pause fordi en sertifisering er utløpt')
  await expect(row).toBeFocused()
})

test('everything that matched is saved as it was read: who came later is not in the file', async ({
  page,
  request,
}) => {
  const { mark, mentors } = await registerMentors(request, 2)
  await page.goto(`/mentors?q=${mark}&limit=1`)
  await page.getByRole('checkbox', { name: 'Velg alle på denne siden' }).check()
  await page.getByRole('button', { name: 'Velg alle 2 som passer' }).click()
  const later = { full_name: `Kom Senere ${mark}` }
  expect((await request.put(`/api/v1/mentors/later-${mark}`, { data: later })).status()).toBe(200)
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Eksporter som CSV' }).click()
  const file = await readFile(await (await saved).path(), 'utf8')
  for (const { name } of mentors) expect(file).toContain(name)
  expect(file).not.toContain(later.full_name)
})

test('those who are chosen are saved as a CSV file, and nobody else', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 3)
  await page.goto(`/mentors?q=${mark}`)
  for (const { name } of mentors.slice(1)) await page.getByRole('checkbox', { name: `Velg ${name}` }).check()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Eksporter som CSV' }).click(),
  ])
  const file = await readFile(await download.path(), 'utf8')
  expect(mentors.filter(({ name }) => file.includes(name))).toEqual(mentors.slice(1))
  expect(file.trim().split('\r\n')).toHaveLength(3)
})

test('axe finds nothing in the list with rows chosen and the dialog of a pause open', async ({ page, request }) => {
  test.slow()
  const { mark } = await registerMentors(request, 3)
  await examineLooks(page, `/mentors?q=${mark}`, async (t) => {
    await page.getByRole('checkbox', { name: t('list.selectPage') }).check()
    await page.getByRole('button', { name: t('actions.pause') }).click()
    await page.getByRole('dialog').getByRole('textbox').waitFor()
  })
})

test('the reason of one pause is kept where it was not sent', async ({ page, request }) => {
  const { mark, mentors } = await registerMentors(request, 1)
  const [own] = mentors as [(typeof mentors)[number]]
  await page.goto(`/mentors?q=${mark}`)
  await page.getByRole('row').filter({ hasText: mark }).focus()
  await page.keyboard.press('p')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Reiser bort')
  await page.context().setOffline(true)
  await dialog.getByRole('button', { name: 'Sett på pause' }).click()
  await expect(page.getByText('Ingen kontakt med serveren').first()).toBeVisible()
  await page.context().setOffline(false)
  await page.getByRole('row').filter({ hasText: mark }).focus()
  await page.keyboard.press('p')
  await expect(dialog.getByRole('textbox')).toHaveValue('Reiser bort')
  await dialog.getByRole('button', { name: 'Sett på pause' }).click()
  await expect.poll(() => statusOf(request, own.id)).toBe('paused')
})
