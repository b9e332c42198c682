import { type Likelihood, PRIOR, THRESHOLD, WEIGHTS } from './weights'

export type Comparison = keyof typeof WEIGHTS

/** One comparison: the level it fell into, and how far that speaks for (positive) or against, in bits. */
export interface Evidence {
  readonly field: Comparison
  /** `missing` where one of the two says nothing: it speaks neither way. */
  readonly level: string
  readonly weight: number
}

/** Two records as the candidate query compared them; null where one of the two says nothing. */
export interface Pair {
  /** The one who logged it, or a leader credited with it. */
  readonly same_mentor: boolean
  readonly same_type: boolean
  /** Whole days between the two, 0 or more. */
  readonly days_apart: number
  /** Shared trigrams without regard to case, accents and punctuation: 0 to 1. */
  readonly title_similarity: number | null
  readonly location_similarity: number | null
  readonly durations: readonly [number, number] | null
  /** Minutes between the two starting times. */
  readonly starts_apart: number | null
  readonly participants: readonly [number, number] | null
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

function levelsOf(pair: Pair): Record<Comparison, string | null> {
  return {
    mentor: pair.same_mentor ? 'same' : 'different',
    type: pair.same_type ? 'same' : 'different',
    date: pair.days_apart === 0 ? 'same' : 'neighbouring',
    title: similarityLevel(pair.title_similarity, [
      [1, 'equal'],
      [0.5, 'close'],
      [0.3, 'partly'],
    ]),
    location: similarityLevel(pair.location_similarity, [
      [1, 'equal'],
      [0.5, 'close'],
    ]),
    duration: pair.durations && durationLevel(...pair.durations),
    starting_time: startLevel(pair.starts_apart),
    participants: pair.participants && participantsLevel(...pair.participants),
  }
}

function similarityLevel(similarity: number | null, levels: [number, string][]): string | null {
  if (similarity === null) return null
  return levels.find(([least]) => similarity >= least)?.[1] ?? 'different'
}

function durationLevel(a: number, b: number): string {
  const apart = Math.abs(a - b)
  if (apart === 0) return 'equal'
  if (apart <= 10) return 'within_10_min'
  return apart <= Math.max(a, b) / 4 ? 'within_a_quarter' : 'different'
}

function startLevel(apart: number | null): string | null {
  if (apart === null) return null
  if (apart === 0) return 'equal'
  return apart <= 30 ? 'within_30_min' : 'different'
}

function participantsLevel(a: number, b: number): string {
  const apart = Math.abs(a - b)
  if (apart === 0) return 'equal'
  return apart <= Math.max(2, Math.max(a, b) / 4) ? 'close' : 'different'
}

function weigh(field: Comparison, level: string | null): Evidence {
  if (level === null) return { field, level: 'missing', weight: 0 }
  const likelihood = (WEIGHTS[field] as Record<string, Likelihood>)[level]
  if (!likelihood) throw new Error(`no weight for ${field} ${level}`)
  return { field, level, weight: Math.round(Math.log2(likelihood.m / likelihood.u) * 100) / 100 }
}
