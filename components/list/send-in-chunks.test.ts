import { expect, it } from 'vitest'
import { chunksOf, type RowResult, sendInChunks } from './send-in-chunks'

const rows = Array.from({ length: 450 }, (_, index) => ({ id: String(index), name: `Row ${index}` }))
let keys = 0
const chunks = () => chunksOf(rows, () => `key-${++keys}`)
const done = (sent: typeof rows): RowResult[] => sent.map((row) => ({ ...row, outcome: 'done' }))
const go = new AbortController().signal

it('sends every row once and in order, and tells of each answer', async () => {
  const answered: number[] = []
  const sent = await sendInChunks(
    chunks(),
    async (chunk) => done([...chunk]),
    go,
    (results) => answered.push(results.length),
  )
  expect(sent.results.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  expect(sent).toMatchObject({ unsent: [], error: null })
  expect(answered).toEqual([200, 200, 50])
})

it('keeps a chunk without an answer and those after it, to be sent again under the same keys', async () => {
  const away = new Error('away')
  const all = chunks()
  let asked = 0
  const sent = await sendInChunks(
    all,
    async (chunk) => {
      if (++asked === 2) throw away
      return done([...chunk])
    },
    go,
    () => {},
  )
  expect(asked).toBe(2)
  expect(sent.results).toHaveLength(200)
  expect(sent.error).toBe(away)
  expect(sent.unsent).toEqual(all.slice(1))
})

it('stops after the chunk on its way', async () => {
  const stop = new AbortController()
  const sent = await sendInChunks(
    chunks(),
    async (chunk) => {
      stop.abort()
      return done([...chunk])
    },
    stop.signal,
    () => {},
  )
  expect(sent.results).toHaveLength(200)
  expect(sent.unsent.flatMap((chunk) => chunk.rows)).toHaveLength(250)
  expect(sent.error).toBeNull()
})
