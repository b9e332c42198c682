import { describe, expect, it } from 'vitest'
import { type CsvColumn, type CsvLocale, csvAnswer, csvChunks, csvDate, csvTime } from './csv'

interface Row {
  readonly name: string
  readonly count: number
}

const COLUMNS: readonly CsvColumn<Row>[] = [
  { header: 'Navn', value: (row) => row.name },
  { header: 'Antall', value: (row) => row.count },
  { header: 'Tomt', value: () => null },
]

async function* pieces(...all: Row[][]) {
  yield* all
}

async function written(locale: CsvLocale, ...all: Row[][]): Promise<string> {
  let text = ''
  for await (const chunk of csvChunks(locale, COLUMNS, pieces(...all))) text += chunk
  return text
}

const get = (method = 'GET') => new Request('http://localhost/mentors/csv', { method })

describe('the file', () => {
  it('has a byte order mark, semicolons, decimal commas and CRLF for Norwegian spreadsheets', async () => {
    expect(await written('nb', [{ name: 'Åse Ærø', count: 1.5 }])).toBe(
      '\uFEFF"Navn";"Antall";"Tomt"\r\n"Åse Ærø";1,5;\r\n',
    )
  })

  it('has commas and decimal points for English ones', async () => {
    expect(await written('en-GB', [{ name: 'Åse Ærø', count: 1.5 }])).toBe(
      '\uFEFF"Navn","Antall","Tomt"\r\n"Åse Ærø",1.5,\r\n',
    )
  })

  it('has one header over all pieces, and one where there is no row', async () => {
    const [one, other] = [
      { name: 'A', count: 1 },
      { name: 'B', count: 2 },
    ] as const
    expect(await written('nb', [one], [other])).toBe('\uFEFF"Navn";"Antall";"Tomt"\r\n"A";1;\r\n"B";2;\r\n')
    expect(await written('nb')).toBe('\uFEFF"Navn";"Antall";"Tomt"\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes %j harmless', async (name) => {
    const [, line] = (await written('nb', [{ name, count: 0 }])).split('"Tomt"\r\n')
    expect(line).toBe(`"'${name}";0;\r\n`)
  })

  it('leaves negative numbers, and signs within a text, as they are', async () => {
    expect(await written('nb', [{ name: 'a=b-c', count: -3.5 }])).toContain('"a=b-c";-3,5;')
  })

  it('keeps quotation marks, separators and line breaks within their cell', async () => {
    expect(await written('nb', [{ name: 'Hun sa "ja";\nog nei', count: 1 }])).toContain('"Hun sa ""ja"";\nog nei";1;')
  })
})

describe('the answer', () => {
  async function* endless(ended: { value: boolean }) {
    try {
      for (;;) yield 'x'.repeat(1000)
    } finally {
      ended.value = true
    }
  }

  it('is saved under its name, and kept nowhere', async () => {
    const { headers } = await csvAnswer(get(), 'utløp-2026-03-26.csv', csvChunks('nb', COLUMNS, pieces()))
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="utlop-2026-03-26.csv"; filename*=UTF-8''utl%C3%B8p-2026-03-26.csv`,
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  })

  it('reads only as fast as the reader takes it, and ends when the reader goes away', async () => {
    const ended = { value: false }
    const { body } = await csvAnswer(get(), 'a.csv', endless(ended))
    const reader = body?.getReader()
    expect((await reader?.read())?.done).toBe(false)
    await reader?.cancel()
    expect(ended.value).toBe(true)
  })

  it('ends when the request is given up before anything was read', async () => {
    const ended = { value: false }
    const gone = new AbortController()
    await csvAnswer(new Request('http://localhost/csv', { signal: gone.signal }), 'a.csv', endless(ended))
    gone.abort()
    await expect.poll(() => ended.value).toBe(true)
  })

  it('breaks the transfer when something fails in the middle', async () => {
    async function* breaking() {
      yield 'whole '
      throw new Error('lost')
    }
    const answer = await csvAnswer(get(), 'a.csv', breaking())
    await expect(answer.text()).rejects.toThrow('lost')
  })

  it('is none where the beginning fails', async () => {
    // biome-ignore lint/correctness/useYield: it fails before it has anything
    async function* failing(): AsyncGenerator<string> {
      throw new Error('away')
    }
    await expect(csvAnswer(get(), 'a.csv', failing())).rejects.toThrow('away')
  })

  it('reads nothing to answer HEAD', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield 'never asked for'
      throw new Error('away')
    }
    const answer = await csvAnswer(get('HEAD'), 'a.csv', failing())
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })
})

describe('times', () => {
  it('are those of the zone, in a form that every spreadsheet reads', () => {
    expect(csvTime('2026-03-26T10:00:00Z', 'Europe/Oslo')).toBe('2026-03-26 11:00:00')
    expect(csvTime('2026-07-01T22:30:05.123456Z', 'Europe/Oslo')).toBe('2026-07-02 00:30:05')
    expect(csvDate('2026-07-01T22:30:05.123456Z', 'Europe/Oslo')).toBe('2026-07-02')
    expect(csvTime(null, 'Europe/Oslo')).toBe(null)
  })
})
