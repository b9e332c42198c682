import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import type { Call } from './call'
import { type CsvColumn, csvAnswer, csvChunks, csvDate } from './csv'
import { readSnapshot, type Snapshot } from './db'
import { toAppError } from './errors'
import { log } from './log'
import { pageCall } from './page-call'

export interface CsvDownload<Row> {
  /** What the file is called, in the reader's language; the day and the extension are added. */
  readonly name: string
  /** IANA, of the organisation: which day it is. */
  readonly timeZone: string
  readonly columns: readonly CsvColumn<Row>[]
  /** All rows, in pieces, from one state of the database. */
  readonly read: (snapshot: Snapshot) => AsyncIterable<readonly Row[]>
}

/** A CSV file for spreadsheets in the reader's language. What cannot be begun is told in words, not saved as a file. */
export async function downloadCsv<Row>(
  request: Request,
  prepare: (call: Call) => Promise<CsvDownload<Row>>,
): Promise<Response> {
  const call = await pageCall()
  try {
    const { name, timeZone, columns, read } = await prepare(call)
    const chunks = csvChunks(await getLocale(), columns, readSnapshot(read))
    return await csvAnswer(request, `${name}-${csvDate(call.now, timeZone)}.csv`, logged(chunks, call))
  } catch (error) {
    return refuse(call, error)
  }
}

// once the headers are on their way, a broken transfer is all that the reader gets to know
async function* logged(chunks: AsyncIterable<string>, call: Call): AsyncGenerator<string> {
  try {
    yield* chunks
  } catch (error) {
    log.error({ err: error, request_id: call.requestId }, 'a CSV file could not be read to its end')
    throw error
  }
}

async function refuse(call: Call, error: unknown): Promise<Response> {
  const { code, status, options } = toAppError(error)
  const t = await getTranslations()
  const words = [t(`problems.${code}.title`), t(`problems.${code}.advice`), `${t('ui.requestId')}: ${call.requestId}`]
  return new Response(`${words.join('\n\n')}\n`, {
    status,
    headers: { ...options.headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
}
