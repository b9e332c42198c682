import type { ReactNode } from 'react'

export const OPENED_RUN = 'opened-run'

/** Heads the plan or the log that is open: the focus comes here when it opens. */
export function OpenedRun({ children }: { children: ReactNode }) {
  return (
    <span id={OPENED_RUN} tabIndex={-1} className="[overflow-wrap:anywhere]">
      {children}
    </span>
  )
}
