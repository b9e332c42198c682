/** Whether `Accept` asks for Server-Sent Events, and for JSON no more than for those (RFC 9110, 12.5.1). */
export function asksForEvents(accept: string | null): boolean {
  if (accept === null) return false
  const wanted = qualityOf(accept, 'text/event-stream')
  return wanted > 0 && wanted >= qualityOf(accept, 'application/json')
}

/** Of a type that is named itself: a wildcard is content with what comes anyway. */
function qualityOf(accept: string, type: string): number {
  for (const range of accept.split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    if (name !== type) continue
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    return quality === undefined ? 1 : Number(quality.slice(2)) || 0
  }
  return 0
}
