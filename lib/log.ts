import 'server-only'
import pino from 'pino'
import { env } from './env'

declare global {
  var __log: pino.Logger | undefined
}

globalThis.__log ??= pino({
  level: env().LOG_LEVEL,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['password', 'DATABASE_URL', 'url'],
})

export const log = globalThis.__log
