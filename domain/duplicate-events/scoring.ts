import type { Pair } from './comparison'
import { levelsOf } from './levels'
import { type Likelihood, PRIOR, THRESHOLD, WEIGHTS } from './weights'

export type Comparison = keyof typeof WEIGHTS

/** One comparison: the level it fell into, and how far that speaks for (positive) or against, in bits. */
export interface Evidence {
  readonly field: Comparison
  /** `missing` where one of the two says nothing: it speaks neither way. */
  readonly level: string
  readonly weight: number
}

export interface Score {
  /** 0 to 1 */
  readonly probability: number
  readonly evidence: readonly Evidence[]
  /** To be put before a coordinator. */
  readonly duplicate: boolean
}

/** How likely both records are of one session, and why. Same mentor, type and date is a duplicate whatever the score. */
export function scorePair(pair: Pair): Score {
  const evidence = Object.entries(levelsOf(pair)).map(([field, level]) => weigh(field as Comparison, level))
  const sum = evidence.reduce((total, { weight }) => total + weight, PRIOR)
  const probability = 1 / (1 + 2 ** -sum)
  const sameSlot = pair.same_mentor && pair.same_type && pair.days_apart === 0
  return { probability, evidence, duplicate: sameSlot || probability >= THRESHOLD }
}

function weigh(field: Comparison, level: string | null): Evidence {
  if (level === null) return { field, level: 'missing', weight: 0 }
  const weight = weightOf(field, level)
  if (weight === null) throw new Error(`no weight for ${field} ${level}`)
  return { field, level, weight }
}

/** How far a level speaks for (positive) or against, in bits, to two decimals; null where the table no longer has it. */
export function weightOf(field: string, level: string): number | null {
  const likelihood = (WEIGHTS as Readonly<Record<string, Readonly<Record<string, Likelihood>>>>)[field]?.[level]
  return likelihood ? Math.round(Math.log2(likelihood.m / likelihood.u) * 100) / 100 : null
}
