import type { ReactNode } from 'react'

interface Entry {
  readonly id: string
  readonly term: ReactNode
  readonly value: ReactNode
}

export function DefinitionList({ entries }: { entries: readonly Entry[] }) {
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-2.5 text-sm sm:grid-cols-[minmax(8rem,auto)_1fr] sm:gap-y-2">
      {entries.map(({ id, term, value }) => (
        <div key={id} className="contents">
          <dt className="-mb-2 text-muted sm:mb-0">{term}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
