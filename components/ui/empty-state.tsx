import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface Props {
  icon: LucideIcon
  title: ReactNode
  /** What belongs here and how it gets here. */
  children: ReactNode
  actions?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, actions }: Props) {
  return (
    <div className="flex flex-col items-center px-4 py-12 text-center">
      <Icon aria-hidden className="mb-3 size-8 text-muted" strokeWidth={1.5} />
      <p className="font-semibold">{title}</p>
      <p className="mt-1 max-w-md text-muted text-sm">{children}</p>
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
