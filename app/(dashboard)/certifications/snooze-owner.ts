const KEY = 'snooze-owner'

/** Who followed up the last warning snoozed in this browser: mostly the person who sits at it. */
export function readOwner(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

export function writeOwner(owner: string): void {
  try {
    localStorage.setItem(KEY, owner)
  } catch {
    // it is typed again next time
  }
}
