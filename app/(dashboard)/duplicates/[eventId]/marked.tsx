import { useMemo } from 'react'
import { partsOf } from './marked-parts'

/** A text with what it does not share with the other one marked, word by word. */
export function Marked({ text, other }: { text: string; other: string }) {
  const parts = useMemo(() => partsOf(text, other), [text, other])
  let place = 0
  return (
    <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {parts.map((part) => {
        const key = place
        place += part.text.length
        return part.marked ? (
          <mark key={key} className="rounded-xs bg-expiring-soft px-0.5 text-ink">
            {part.text}
          </mark>
        ) : (
          part.text
        )
      })}
    </span>
  )
}
