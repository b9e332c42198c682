import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

interface Props {
  title: ReactNode
  /** Buttons or links at the end of the heading's line. */
  actions?: ReactNode
  /** Tables and lists go to the edge. */
  flush?: boolean
  className?: string
  children: ReactNode
}

/** A titled box, a landmark of its own for screen readers. */
export function Section({ title, actions, flush = false, className, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={clsx('rounded-box border bg-surface print:border-0', className)}>
      <header className="flex flex-wrap items-center justify-between gap-2 px-4 py-3">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {actions}
      </header>
      <div className={flush ? 'border-t' : 'px-4 pb-4'}>{children}</div>
    </section>
  )
}
