import { invalid } from '@/lib/errors'
import type { Instant } from '@/lib/instant'
import { instantInput } from '@/lib/wire'

/** The sender's own time, or null without the header. Throws 400 for anything but a time with an offset. */
export function readClientTime(request: Request): Instant | null {
  const text = request.headers.get('x-client-time')
  if (text === null) return null
  const parsed = instantInput.safeParse(text)
  if (parsed.success) return parsed.data
  throw invalid(
    'X-Client-Time',
    'X-Client-Time: expected the sender’s time after 1900 with an offset, such as 2026-03-26T10:00:00Z. Nothing was stored.',
  )
}
