import { stringify } from 'csv-stringify/sync'
import type { Instant } from './instant'

/** Null leaves the cell empty. Dates and times are text: see `csvTime`. */
export type CsvValue = string | number | null

export interface CsvColumn<Row> {
  readonly header: string
  readonly value: (row: Row) => CsvValue
}

/** How a language's spreadsheets read a file: `nb` or `en-GB`, as the locales are written. */
export type CsvLocale = 'nb' | 'en-GB'

/**
 * The lines of a file as spreadsheets open it by a double click, header first, a chunk for each piece of rows. Cells that
 * a spreadsheet would take for a formula begin with an apostrophe; numbers stay numbers.
 */
export async function* csvChunks<Row>(
  locale: CsvLocale,
  columns: readonly CsvColumn<Row>[],
  pieces: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  const write = (lines: readonly (readonly CsvValue[])[], bom: boolean) =>
    stringify(lines as CsvValue[][], {
      bom,
      delimiter: locale === 'nb' ? ';' : ',',
      record_delimiter: 'windows',
      quoted_string: true,
      escape_formulas: true,
      cast: { number: (value) => (locale === 'nb' ? String(value).replace('.', ',') : String(value)) },
    })
  const header = columns.map((column) => column.header)
  let begun = false
  for await (const piece of pieces) {
    const lines = piece.map((row) => columns.map(({ value }) => value(row)))
    yield begun ? write(lines, false) : write([header, ...lines], true)
    begun = true
  }
  if (!begun) yield write([header], true)
}

/**
 * An answer that the browser saves under `name` (with its extension). The first chunk has been read once this resolves,
 * so what fails at once is thrown; what fails later breaks the transfer, so that no part passes for the whole. `chunks` are
 * given up when the reader goes away.
 */
export async function csvAnswer(request: Request, name: string, chunks: AsyncGenerator<string>): Promise<Response> {
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': contentDisposition(name),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  if (request.method === 'HEAD') return new Response(null, { headers })
  const first = await chunks.next()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (!first.done) controller.enqueue(encoder.encode(first.value))
      },
      async pull(controller) {
        const next = await chunks.next()
        if (next.done) controller.close()
        else controller.enqueue(encoder.encode(next.value))
      },
      async cancel() {
        await chunks.return(undefined)
      },
    },
    { highWaterMark: 1 },
  )
  // the reader may be gone before anything was taken from the body
  request.signal.addEventListener('abort', () => void chunks.return(undefined))
  return new Response(body, { headers })
}

/** RFC 6266: the name in plain letters for all, and as it is for those who know UTF-8. */
function contentDisposition(name: string): string {
  const plain = name
    .replace(/[øØ]/g, 'o')
    .replace(/[æÆ]/g, 'ae')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.-]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${encoded}`}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `2026-03-26 11:00:00` in an IANA time zone: the form that spreadsheets of any language take for a time. */
export function csvTime(moment: Instant | string | null, timeZone: string): string | null {
  if (moment === null) return null
  let format = formats.get(timeZone)
  if (!format) {
    // Swedish writes ISO
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    formats.set(timeZone, format)
  }
  return format.format(new Date(moment))
}

/** `2026-03-26`: the day of a moment in an IANA time zone. */
export function csvDate(moment: Instant | string | null, timeZone: string): string | null {
  return csvTime(moment, timeZone)?.slice(0, 10) ?? null
}
