import { expect, test } from '@playwright/test'

test('the reference loads from this server alone, breaks no rule of the page, and can be tried out', async ({
  page,
  baseURL,
}) => {
  const trouble: string[] = []
  page.on('console', (message) => {
    // other screens are prefetched; what they answer is not this page's business
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      trouble.push(message.text())
  })
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${baseURL}/`) && !url.startsWith('data:')) trouble.push(`asks for ${url}`)
  })
  await page.goto('/api-docs')
  await page.locator('#operations-tag-mentors').click()
  await page.locator('#operations-mentors-getMentorsByMentorId .opblock-summary-control').click()
  const operation = page.locator('#operations-mentors-getMentorsByMentorId')
  await operation.getByRole('button', { name: 'Try it out' }).click()
  await operation.getByPlaceholder('mentor_id').fill('nobody')
  await operation.getByRole('button', { name: 'Execute' }).click()
  await expect(operation.locator('.live-responses-table')).toContainText('mentor_not_found')
  expect(trouble).toEqual([])
})

test("a problem's type leads to its code, in a list that needs no JavaScript", async ({
  browser,
  baseURL,
  request,
}) => {
  const problem = await (await request.get('/api/v1/mentors/nobody')).json()
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) })
  const page = await context.newPage()
  await page.goto(problem.type)
  await expect(page.locator(':target')).toContainText('404 mentor_not_found')
  await expect(page.locator(':target')).toBeInViewport()
  const document = await (await request.get('/api/v1/openapi.json')).json()
  const operations = Object.entries(document.paths as Record<string, object>).flatMap(([path, item]) =>
    ['get', 'post', 'put', 'delete'].filter((method) => method in item).map((method) => method.toUpperCase() + path),
  )
  const listed = await page.locator('li[id] code').allTextContents()
  expect(listed.toSorted()).toEqual(operations.toSorted())
  await context.close()
})
