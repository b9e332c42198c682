import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { openWithoutScripts } from './screen'

/** Clicks the screen's link and reads what the browser saved. */
async function download(page: Page, link = 'Last ned CSV') {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()])
  return { name: saved.suggestedFilename(), text: await readFile(await saved.path(), 'utf8') }
}

/** The cells of a file, line by line, as a spreadsheet reads them. */
function cellsOf(text: string, separator: ';' | ','): string[][] {
  expect(text.startsWith('\uFEFF')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  const lines: string[][] = [[]]
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r]*))(${separator}|\\r\\n)`, 'g')
  for (const [, quoted, plain, end] of text.slice(1).matchAll(cell)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') lines.push([])
  }
  return lines.slice(0, -1)
}

/** The values of a column by its heading. */
function column(cells: string[][], heading: string): string[] {
  const at = cells[0]?.indexOf(heading) ?? -1
  expect(at, heading).toBeGreaterThanOrEqual(0)
  return cells.slice(1).map((line) => line[at] ?? '')
}

test('a file holds exactly the view, in its order, over all its pages', async ({ page, request }) => {
  const mark = randomUUID().slice(0, 8)
  const names = Array.from({ length: 23 }, (_, n) => `${'ABCÆØÅ'[n % 6]}nne ${mark} ${n}`)
  names.push(`=HYPERLINK("http://example.org";"${mark}")`)
  for (const [n, full_name] of names.entries()) {
    expect((await request.put(`/api/v1/mentors/csv-${mark}-${n}`, { data: { full_name } })).status()).toBe(200)
  }
  const ids: string[] = []
  for (const number of [1, 2]) {
    await page.goto(`/mentors?q=${mark}&sort=-full_name&page=${number}`)
    await expect(page.getByText('24 treff', { exact: true })).toBeVisible()
    ids.push(
      ...(await page
        .getByRole('rowheader')
        .getByText(/^csv-\w+-\d+$/)
        .allInnerTexts()),
    )
  }
  expect(ids).toHaveLength(24)
  const { name, text } = await download(page)
  expect(name).toMatch(/^likepersoner-\d{4}-\d\d-\d\d\.csv$/)
  const cells = cellsOf(text, ';')
  expect(column(cells, 'Likeperson-ID')).toEqual(ids)
  const saved = column(cells, 'Navn')
  expect(saved).toContain(`'=HYPERLINK("http://example.org";"${mark}")`)
  expect([...saved].sort()).toEqual(names.map((one) => (one.startsWith('=') ? `'${one}` : one)).sort())
  expect(new Set(column(cells, 'Status'))).toEqual(new Set(['Aktiv']))
})

test('English spreadsheets get commas and English headings', async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: 'locale', value: 'en', url: baseURL ?? '' }])
  await page.goto('/mentors?status=paused')
  const { name, text } = await download(page, 'Download CSV')
  expect(name).toMatch(/^mentors-/)
  const cells = cellsOf(text, ',')
  expect(cells[0]?.slice(0, 3)).toEqual(['Mentor id', 'Name', 'E-mail'])
  expect(new Set(column(cells, 'Status'))).toEqual(new Set(['Paused']))
})

const SCREENS = [
  ['/certifications?window=expired', 'sertifiseringer', 'Sertifiserings-ID'],
  ['/sync-events?tab=acknowledged', 'synkhendelser', 'Hendelses-ID'],
  ['/duplicates', 'duplikater', 'Hendelses-ID'],
  ['/changes?kind=mentor', 'endringslogg', 'Postens ID'],
] as const

for (const [path, name, heading] of SCREENS) {
  test(`${path} can be saved without JavaScript`, async ({ browser, baseURL }) => {
    const context = await openWithoutScripts(browser, baseURL)
    const page = await context.newPage()
    await page.goto(path)
    const saved = await download(page)
    expect(saved.name).toMatch(new RegExp(`^${name}-\\d{4}-\\d\\d-\\d\\d\\.csv$`))
    const cells = cellsOf(saved.text, ';')
    expect(new Set(cells.map((line) => line.length)).size).toBe(1)
    expect(column(cells, heading).every((id) => id !== '')).toBe(true)
    await context.close()
  })
}

test('the log of a run is saved under the name of the run', async ({ page, request }) => {
  const logs = await (await request.get('/api/v1/certifications/expiry-job/logs?limit=1')).json()
  const run = logs.data[0].job_run_id as string
  await page.goto(`/certifications/expiry-job?run=${run}`)
  const { name, text } = await download(page)
  expect(name).toMatch(new RegExp(`^utløpsjobb-${run}-\\d{4}-\\d\\d-\\d\\d\\.csv$`))
  const cells = cellsOf(text, ';')
  expect(new Set(column(cells, 'Kjøring'))).toEqual(new Set([run]))
  const { pagination } = await (await request.get(`/api/v1/certifications/expiry-job/logs?job_run_id=${run}`)).json()
  expect(column(cells, 'Logg-ID').filter(Boolean)).toHaveLength(pagination.total)
})

test('a wrong value falls back as on the page, and an unknown run is told in words', async ({ request }) => {
  const [wrong, plain] = await Promise.all(
    ['?status=asleep&limit=7&page=3', ''].map((query) => request.get(`/mentors/csv${query}`)),
  )
  expect(wrong?.status()).toBe(200)
  expect((await wrong?.text())?.split('\r\n')[0]).toBe((await plain?.text())?.split('\r\n')[0])
  expect(wrong?.headers()['cache-control']).toBe('no-store')
  const unknown = await request.get('/certifications/expiry-job/csv?run=job_01JAN1999_01', {
    headers: { 'accept-language': 'nb' },
  })
  expect(unknown.status()).toBe(404)
  expect(unknown.headers()['content-type']).toContain('text/plain')
  expect(await unknown.text()).toContain('Feil-ID')
})
