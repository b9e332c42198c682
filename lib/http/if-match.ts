import type { Call } from '@/lib/call'
import { AppError } from '@/lib/errors'

/** Throws 412 unless `If-Match` is absent or names the record's version. Ask after the lock, so that the answer holds. */
export function requireVersion(call: Call, version: number): void {
  if (call.ifMatch === null || call.ifMatch.includes('*') || call.ifMatch.includes(String(version))) return
  throw new AppError(
    'precondition_failed',
    'The record has been changed since you read it. Nothing was stored; read it again and repeat your change.',
  )
}
