/**
 * How much each observation speaks for or against two records being of one session, after Fellegi and Sunter:
 * `m` is how often pairs of one session look like this, `u` how often other pairs do among those that are compared at
 * all (same mentor within a day, or same type and day with a similar title or place). The weight is log2(m / u).
 */
export interface Likelihood {
  readonly m: number
  readonly u: number
}

export const WEIGHTS = {
  // a session is mostly logged twice by one person; two leaders who both log it are the rarer case
  mentor: { same: { m: 0.8, u: 0.25 }, different: { m: 0.2, u: 0.75 } },
  // types are picked from a list: now and then the neighbouring entry is hit
  type: { same: { m: 0.9, u: 0.3 }, different: { m: 0.1, u: 0.7 } },
  // logged after midnight, or from memory; but on neighbouring days most sessions are sessions of their own
  date: { same: { m: 0.93, u: 0.4 }, neighbouring: { m: 0.07, u: 0.6 } },
  // free text: equal by chance is rare, wholly different titles for one session are rarer still
  title: {
    equal: { m: 0.7, u: 0.02 },
    close: { m: 0.18, u: 0.03 },
    partly: { m: 0.07, u: 0.1 },
    different: { m: 0.05, u: 0.85 },
  },
  // few rooms are used by many, so the same place says less than the same title
  location: { equal: { m: 0.75, u: 0.08 }, close: { m: 0.12, u: 0.05 }, different: { m: 0.13, u: 0.87 } },
  // most sessions last 60 or 90 minutes, so equal durations meet by chance
  duration: {
    equal: { m: 0.7, u: 0.25 },
    within_10_min: { m: 0.15, u: 0.12 },
    within_a_quarter: { m: 0.1, u: 0.2 },
    different: { m: 0.05, u: 0.43 },
  },
  starting_time: {
    equal: { m: 0.75, u: 0.1 },
    within_30_min: { m: 0.15, u: 0.1 },
    different: { m: 0.1, u: 0.8 },
  },
  participants: { equal: { m: 0.7, u: 0.2 }, close: { m: 0.2, u: 0.3 }, different: { m: 0.1, u: 0.5 } },
} as const satisfies Record<string, Record<string, Likelihood>>

/** log2 of the odds that two records that are compared at all are of one session: one in 128. */
export const PRIOR = -7

/** From this probability on a pair is put before a coordinator. */
export const THRESHOLD = 0.85
