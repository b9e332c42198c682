import { expect } from 'vitest'
import { EVENTS } from './duplicate-requests'
import type { Api } from './harness'

export const BATCHES = `${EVENTS}/batches`

interface Item {
  id: string
  outcome: string
  code: string | null
}

/** The decision about each of these drafts as its reviewer sees it now. */
export async function decisionsOf(api: Api, ids: string[], more: object = {}) {
  const { data } = (await api.get('/api/v1/views/duplicate-queue?limit=100')).body
  const versionOf = (id: string) => data.find((row: { id: string }) => row.id === id)?.review_version ?? 0
  return ids.map((id) => ({ id, review_version: versionOf(id), ...more }))
}

export async function plan(api: Api, ids: string[], more: object = {}) {
  const answer = await api.post(BATCHES, { decisions: await decisionsOf(api, ids, more) })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

export const batchOf = async (api: Api, id: string) => (await api.get(`${BATCHES}/${id}`)).body

/** Of each row the code that it was refused by, or its outcome. */
export const outcomesOf = (batch: { items: Item[] }) => batch.items.map(({ outcome, code }) => code ?? outcome)

/** Presses the button and waits until the batch has ended. */
export async function carryOut(api: Api, step: 'run' | 'undo', batchId: string) {
  const answer = await api.post(`${BATCHES}/${batchId}/${step}`)
  expect(answer.status, answer.text).toBe(200)
  await api.finishJobs()
  return batchOf(api, batchId)
}

/** What was seen of the draft has changed since. */
export const touch = (api: Api, id: string) =>
  api.db.query('UPDATE duplicate_event SET review_version = review_version + 1 WHERE number = $1', [id.slice(4)])
