import type { Tx } from './db'
import type { Instant } from './instant'

/** Who is calling, for which organisation. */
export interface Caller {
  readonly org: string
  /** Stands in the change log: `open` without sign-in, `expiry-job` for the job. */
  readonly actor: string
}

/** One request as the domain sees it: a parameter of every domain function, so that forgetting it does not compile. */
export interface Call {
  readonly caller: Caller
  /** The one present of this request. */
  readonly now: Instant
  readonly requestId: string
  /** Versions that `If-Match` allows; null where the header is absent, `*` allows any. */
  readonly ifMatch: readonly string[] | null
  /** `X-Client-Time`: what the sender's own clock said when it sent; only where the endpoint reads it. */
  readonly clientTime?: Instant | null
  /** `Accept-Language`, for answers that hold sentences for people. */
  readonly language?: string | null
  /** Runs tracked in the background once the transaction has committed, never if it is rolled back. */
  readonly afterCommit: (name: string, work: () => Promise<void>) => void
}

/** What a domain function answers to the edge. `version` moves with writes only and becomes the ETag's first part. */
export interface Answer<Body> {
  readonly body: Body
  readonly version?: number | string
  /** The answer of an earlier request with the same key, which ended while this one waited. */
  readonly replayed?: boolean
}

/** Work of several transactions keeps its own answer for `Idempotency-Key`. */
export interface Replayable {
  readonly key: string
  readonly requestHash: string
  readonly keep: (tx: Tx, answer: Answer<unknown>) => Promise<void>
}
