declare global {
  var __closing: AbortController | undefined
}

globalThis.__closing ??= new AbortController()
const closing = globalThis.__closing

/** Aborted when the process has been told to end: streams end themselves, and readiness is denied. */
export const closingSignal = closing.signal

export function beginClosing(): void {
  closing.abort()
}
