/** When a session begins, in minutes from midnight: `from` is `to` where the minute is known. */
export interface Start {
  readonly from: number
  readonly to: number
  /** Read from the notes, which tell of other things as well. */
  readonly in_notes: boolean
}

const CLOCK =
  /(?:\b(?:kl|klokka|klokken|at)\.?\s*(?<hour>[01]?\d|2[0-3])(?:[:.]?(?<minute>[0-5]\d))?(?!\d)\s*(?<half>[ap]m\b)?)|(?:(?<![\d.])(?<hour2>[01]?\d|2[0-3]):(?<minute2>[0-5]\d)(?!\d))|(?:\b(?<hour3>1[0-2]|\d)\s?(?<half3>[ap]m)\b)/iu

// wide enough for what people call by these names
const PARTS: readonly (readonly [RegExp, number, number])[] = [
  [/(?<!i )\bmorgen|\bmorning/iu, 5, 11],
  [/formiddag|føremiddag/iu, 8, 12.5],
  [/lunsj|\blunch/iu, 10.5, 14],
  [/ettermiddag|etterm\.|\bafternoon/iu, 12, 18],
  [/kveld|\bevening/iu, 16, 23.5],
]

/** The starting time given, else one in the title or the notes, else the part of the day that the title names; or null. */
export function readStart(told: {
  readonly starts_at: string | null
  readonly title: string | null
  readonly notes: string | null
}): Start | null {
  const minute = clockIn(told.starts_at) ?? clockIn(told.title)
  if (minute !== null) return { from: minute, to: minute, in_notes: false }
  const noted = clockIn(told.notes)
  if (noted !== null) return { from: noted, to: noted, in_notes: true }
  return partIn(told.title, false) ?? partIn(told.notes, true)
}

function partIn(text: string | null, in_notes: boolean): Start | null {
  const part = PARTS.find(([name]) => name.test(text ?? ''))
  return part ? { from: part[1] * 60, to: part[2] * 60, in_notes } : null
}

function clockIn(text: string | null): number | null {
  const found = text === null ? null : CLOCK.exec(text)?.groups
  if (!found) return null
  const hour = Number(found.hour ?? found.hour2 ?? found.hour3)
  const half = (found.half ?? found.half3)?.toLowerCase()
  return ((hour % (half ? 12 : 24)) + (half === 'pm' ? 12 : 0)) * 60 + Number(found.minute ?? found.minute2 ?? 0)
}
