import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { RequestId } from './request-id'

interface Props {
  title: ReactNode
  /** What was kept and what to do. */
  children: ReactNode
  requestId?: string | null
  actions?: ReactNode
  /** `h1` where it stands for the whole page. */
  heading?: 'h1' | 'p'
}

export function ErrorState({ title, children, requestId, actions, heading: Heading = 'p' }: Props) {
  return (
    <div role="alert" className="rounded-box border border-expired/40 bg-surface px-5 py-5">
      <div className="flex gap-3">
        <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-expired" />
        <div className="min-w-0">
          <Heading className="font-semibold text-base">{title}</Heading>
          <p className="mt-1 max-w-prose text-muted">{children}</p>
          {requestId && <RequestId id={requestId} />}
          {actions && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
        </div>
      </div>
    </div>
  )
}
