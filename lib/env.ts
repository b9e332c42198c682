import { z } from 'zod'

const schema = z.object({
  ORG_ID: z.string().default('org_x9y8z7'),
  /** A fixed time for tests, RFC 3339. Refused unless APP_ENV is `test`. */
  APP_NOW: z.string().optional(),
  APP_ENV: z.enum(['test']).optional(),
  /** `1` accents every message, so that a test sees text that is none. Refused unless APP_ENV is `test`. */
  PSEUDO_LOCALE: z.literal('1').optional(),
  /** Time of the nightly expiry job in UTC, or `off`. */
  EXPIRY_JOB_AT: z
    .string()
    .regex(/^(off|([01]\d|2[0-3]):[0-5]\d)$/, 'EXPIRY_JOB_AT is HH:MM in UTC, or off')
    .default('01:00'),
  /** How far back the feed of changes goes; the audit trail is longer. */
  CHANGES_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  /** How often a stream says that it is still there: below the half minute after which proxies give up on it. */
  HEARTBEAT_SECONDS: z.coerce.number().min(0.1).max(25).default(15),
  /** How long a stream goes on without the database, which might be keeping something from it. */
  STREAM_PATIENCE_SECONDS: z.coerce.number().min(0.1).max(60).default(10),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
})

export type Env = z.output<typeof schema>

let parsed: Env | undefined

/** The environment, read once. Throws with the name of the variable that is wrong. */
export function env(): Env {
  if (!parsed) {
    const result = schema.safeParse(process.env)
    if (!result.success) {
      const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      throw new Error(`The environment is not usable. ${wrong.join('; ')}`)
    }
    if (result.data.APP_NOW && result.data.APP_ENV !== 'test') {
      throw new Error('APP_NOW stops the clock and is for tests only (APP_ENV=test): remove it from the environment.')
    }
    if (result.data.PSEUDO_LOCALE && result.data.APP_ENV !== 'test') {
      throw new Error('PSEUDO_LOCALE garbles every text and is for tests only (APP_ENV=test): remove it.')
    }
    parsed = result.data
  }
  return parsed
}

/** As an interval in milliseconds. */
export function heartbeatMs(): number {
  return env().HEARTBEAT_SECONDS * 1000
}

/** As milliseconds. */
export function streamPatienceMs(): number {
  return env().STREAM_PATIENCE_SECONDS * 1000
}
