/** A row as a report names it. */
export interface BulkRow {
  readonly id: string
  readonly name: string
}

/** What the server answered about one row; `why` is for people. */
export interface RowResult extends BulkRow {
  readonly outcome: 'done' | 'unchanged' | 'refused'
  readonly why?: string
}

/** Rows that are sent together; a repetition carries the same key, so that it happens once. */
export interface Chunk<Row extends BulkRow> {
  readonly rows: readonly Row[]
  readonly idempotencyKey: string
}

/** Carries one chunk to the server and answers one result a row. Throws where the chunk as a whole got no answer. */
export type SendChunk<Row extends BulkRow> = (
  rows: readonly Row[],
  call: { readonly idempotencyKey: string },
) => Promise<readonly RowResult[]>

export interface Sent<Row extends BulkRow> {
  readonly results: readonly RowResult[]
  /** Chunks that got no answer, or that were not sent: to be sent again as they are. */
  readonly unsent: readonly Chunk<Row>[]
  /** Why the first of them got none; null where all did, or somebody stopped. */
  readonly error: unknown
}

/** Small enough that the first rows are answered at once, and that stopping stops. */
const CHUNK = 200

/** Cuts rows into chunks of 200 at most, each with a key of its own. */
export function chunksOf<Row extends BulkRow>(rows: readonly Row[], newKey: () => string): Chunk<Row>[] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, index) => ({
    rows: rows.slice(index * CHUNK, (index + 1) * CHUNK),
    idempotencyKey: newKey(),
  }))
}

/**
 * Sends one chunk after the other. One without an answer ends it: what follows would hardly fare better, so the person is
 * asked first. So does stopping, once the chunk on its way has been answered: nothing is left in the dark.
 */
export async function sendInChunks<Row extends BulkRow>(
  chunks: readonly Chunk<Row>[],
  send: SendChunk<Row>,
  stopped: AbortSignal,
  onAnswer: (results: readonly RowResult[]) => void,
): Promise<Sent<Row>> {
  const results: RowResult[] = []
  for (const [index, { rows, idempotencyKey }] of chunks.entries()) {
    if (stopped.aborted) return { results, unsent: chunks.slice(index), error: null }
    try {
      const answered = await send(rows, { idempotencyKey })
      results.push(...answered)
      onAnswer(answered)
    } catch (error) {
      return { results, unsent: chunks.slice(index), error }
    }
  }
  return { results, unsent: [], error: null }
}
