import { ApiProblem } from '@/lib/api-client'
import type { BulkRow, RowResult } from './send-in-chunks'

const AT_ONCE = 4

/**
 * Carries the rows of a chunk one by one, for what the API takes no other way. A refused row is named with its code in
 * words. Throws where the server does not answer: the whole chunk is then sent again, each row under the key it had.
 */
export async function sendEach<Row extends BulkRow>(
  rows: readonly Row[],
  { idempotencyKey }: { readonly idempotencyKey: string },
  send: (row: Row, call: { readonly idempotencyKey: string }) => Promise<unknown>,
  wordsOf: (code: string) => string,
): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const together = rows.slice(start, start + AT_ONCE)
    results.push(...(await Promise.all(together.map(sendOne))))
  }
  return results

  async function sendOne(row: Row): Promise<RowResult> {
    const { id, name } = row
    try {
      await send(row, { idempotencyKey: `${idempotencyKey}-${id}` })
      return { id, name, outcome: 'done' }
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status === 0 || error.status === 503) throw error
      return { id, name, outcome: 'refused', why: wordsOf(error.code) }
    }
  }
}
