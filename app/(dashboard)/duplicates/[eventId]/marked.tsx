/** A text with what it does not share with the other one marked: the words between the common beginning and end. */
export function Marked({ text, other }: { text: string; other: string }) {
  const [mine, theirs] = [text.split(/(?<=\s)/), other.split(/(?<=\s)/)]
  const shortest = Math.min(mine.length, theirs.length)
  let start = 0
  while (start < shortest && mine[start] === theirs[start]) start++
  let end = 0
  while (end < shortest - start && mine.at(-1 - end) === theirs.at(-1 - end)) end++
  const until = mine.length - end
  return (
    <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {mine.slice(0, start).join('')}
      {start < until && (
        <mark className="rounded-xs bg-expiring-soft px-0.5 text-ink">{mine.slice(start, until).join('')}</mark>
      )}
      {mine.slice(until).join('')}
    </span>
  )
}
