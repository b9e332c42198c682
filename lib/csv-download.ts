import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import type { Call } from './call'
import { type CsvColumn, csvAnswer, csvChunks, csvDate } from './csv'
import { readSnapshot, type Snapshot } from './db'
import { toAppError } from './errors'
import { log } from './log'

interface Download<Row> {
  /** What the file is called, in the reader's language; the day and the extension are added. */
  readonly name: string
  /** IANA, of the organisation: which day it is. */
  readonly timeZone: string
  readonly columns: readonly CsvColumn<Row>[]
  /** All rows, in pieces, from one state of the database. */
  readonly read: (snapshot: Snapshot) => AsyncIterable<readonly Row[]>
}

/** A CSV file for spreadsheets in the reader's language. What cannot be begun is told in words, not saved as a file. */
export async function downloadCsv<Row>(request: Request, call: Call, download: Download<Row>): Promise<Response> {
  const name = `${download.name}-${csvDate(call.now, download.timeZone)}.csv`
  const chunks = csvChunks(await getLocale(), download.columns, readSnapshot(download.read))
  try {
    return await csvAnswer(request, name, logged(chunks, call))
  } catch (error) {
    const { code, status, options } = toAppError(error)
    const t = await getTranslations('problems')
    return new Response(`${t(`${code}.title`)}. ${t(`${code}.advice`)}\n`, {
      status,
      headers: { ...options.headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    })
  }
}

// once the headers are on their way, a broken transfer is all that the reader gets to know
async function* logged(chunks: AsyncIterable<string>, call: Call): AsyncGenerator<string> {
  try {
    yield* chunks
  } catch (error) {
    log.error({ err: error, request_id: call.requestId }, 'a CSV file broke off')
    throw error
  }
}
