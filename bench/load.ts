import autocannon from 'autocannon'

export interface Shape {
  readonly name: string
  readonly method: 'GET' | 'POST'
  /** The next request: path and, for a POST, its JSON body. */
  next(): { path: string; body?: string }
}

export interface Figures {
  /** Answered requests per second. */
  readonly rate: number
  /** 99th percentile of the latency in milliseconds. */
  readonly p99: number
}

export const CONNECTIONS = 10

/** Sends requests over ten connections for `seconds`, or until `amount` are answered. Throws unless all are 2xx. */
export async function load(
  url: string,
  shape: Shape,
  limit: { seconds: number } | { amount: number },
): Promise<Figures> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    ...('seconds' in limit ? { duration: limit.seconds } : { amount: limit.amount }),
    requests: [
      {
        method: shape.method,
        path: '/',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => ({ ...request, ...shape.next() }),
      },
    ],
  })
  if (result.non2xx || result.errors)
    throw new Error(`${shape.name}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`)
  return { rate: result.requests.total / result.duration, p99: result.latency.p99 }
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
