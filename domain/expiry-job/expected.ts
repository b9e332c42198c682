import type { GoneReason } from './schema'

/** How many certifications a run was to find, and how many of them had been dealt with before it began. */
export interface Expected extends Readonly<Record<GoneReason, number>> {
  readonly count: number
}

/** How many of those expected nothing explains: if the run did not find them, something is wrong. */
export function countUnexplained({ count, renewed, revoked, deleted, handled }: Expected): number {
  return count - renewed - revoked - deleted - handled
}

/**
 * Whether a real run found nothing although something was expected: `explained` where all of that had been dealt with
 * before, `missed` where something had not; null for every other run.
 */
export function judgeRun(run: {
  readonly expired_found: number
  readonly expected: Expected | null
}): 'explained' | 'missed' | null {
  if (!run.expected || run.expected.count === 0 || run.expired_found > 0) return null
  return countUnexplained(run.expected) > 0 ? 'missed' : 'explained'
}
