import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { draftActivity } from '../schema'

const record = draftActivity.extend({ mentor: z.string(), type: z.string(), date: z.iso.date() })

const pair = z.strictObject({
  id: z.string(),
  scenario: z.string(),
  label: z.enum(['same', 'different']),
  why: z.string(),
  /** On neighbouring days, each with a session like it on that weekday in every week. */
  rhythm: z.boolean().optional(),
  a: record,
  b: record,
})
export type LabelledPair = z.output<typeof pair>
export type LabelledRecord = z.output<typeof record>

/** Pairs of activities with what really happened, one session or two: `setting` for the weights, `held-back` to judge by. */
export function readPairs(file: 'setting' | 'held-back'): LabelledPair[] {
  const text = readFileSync(path.join(import.meta.dirname, `${file}.jsonl`), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => pair.parse(JSON.parse(line)))
}
