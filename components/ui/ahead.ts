const waiting = new Set<() => Promise<unknown>>()
let signed = false

/** Fetches with the first sign of a person what only people need, so that a connection lost later does not matter. */
export function fetchAhead(load: () => Promise<unknown>): void {
  waiting.add(load)
  if (signed) fetchWaiting()
}

/** A person is there, or the network is back. */
export function fetchWaiting(): void {
  signed = true
  for (const load of waiting) {
    load().then(
      () => waiting.delete(load),
      // what is opened tries again
      () => undefined,
    )
  }
}
