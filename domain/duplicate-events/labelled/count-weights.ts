import type { Comparison } from '../scoring'
import { type Likelihood, WEIGHTS } from '../weights'

interface CountedPair {
  readonly levels: Readonly<Record<Comparison, string | null>>
  readonly same: boolean
}
export type Table = Record<Comparison, Record<string, Likelihood>>

// as if every level had been seen half a time more in both: what the set does not hold is rare, not impossible
const SMOOTHING = 0.5
const IN_SERIES = 'as_in_series'
// not counted, as it says that nothing is to be counted: the date alone tells which of the series it is
const SET: Readonly<Record<string, Likelihood>> = { [IN_SERIES]: { m: 1, u: 1 } }

/**
 * The table of weights as labelled pairs have it: the share of each level among the pairs that could be compared. Two
 * sessions of one series agree because of the series: they tell about dates, and nothing of the other comparisons.
 */
export function countWeights(pairs: readonly CountedPair[]): Table {
  const single = pairs.filter(({ levels }) => levels.date === 'same' || levels.date === 'neighbouring')
  const fields = Object.keys(WEIGHTS) as Comparison[]
  return Object.fromEntries(
    fields.map((field) => [field, countLevels(field, field === 'date' ? pairs : single)]),
  ) as Table
}

function countLevels(field: Comparison, pairs: readonly CountedPair[]): Record<string, Likelihood> {
  const names = Object.keys(WEIGHTS[field])
  const counted = names.filter((level) => !(level in SET))
  const share = (level: string, same: boolean) => {
    const known = pairs.filter((pair) => pair.same === same && counted.includes(pair.levels[field] ?? ''))
    const seen = known.filter(({ levels }) => levels[field] === level).length
    return Number(((seen + SMOOTHING) / (known.length + SMOOTHING * counted.length)).toPrecision(2))
  }
  return Object.fromEntries(
    names.map((level) => [level, SET[level] ?? { m: share(level, true), u: share(level, false) }]),
  )
}
