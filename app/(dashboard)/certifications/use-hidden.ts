'use client'

import { useState } from 'react'

/**
 * Rows that leave the list before the server has said so. A row is hidden while its change is on its way, and then until
 * the view is read anew: from there on the server alone says where it belongs. `asOf` is that of the view shown.
 */
export function useHidden(asOf: string) {
  // null while the change is on its way, else the view that was shown when it was done
  const [hidden, setHidden] = useState<ReadonlyMap<string, string | null>>(new Map())

  return {
    isHidden(id: string): boolean {
      const since = hidden.get(id)
      return since === null || (since !== undefined && since >= asOf)
    },
    hide: (ids: readonly string[]) => setHidden((all) => new Map([...all, ...ids.map((id) => [id, null] as const)])),
    settle: (ids: readonly string[]) => setHidden((all) => new Map([...all, ...ids.map((id) => [id, asOf] as const)])),
    show: (ids: readonly string[]) => setHidden((all) => new Map([...all].filter(([id]) => !ids.includes(id)))),
  }
}
