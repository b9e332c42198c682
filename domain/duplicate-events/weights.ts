/**
 * How much each observation speaks for or against two records being of one session, after Fellegi and Sunter: `m` is how
 * often pairs of one session look like this, `u` how often pairs of two sessions do. The weight is log2(m / u). Both are
 * counted from labelled/setting.jsonl (see labelled/count-weights.ts); a test fails when the table and the pairs differ.
 */
export interface Likelihood {
  readonly m: number
  readonly u: number
}

export const WEIGHTS = {
  // a session is mostly entered twice by one person; two leaders who both log it are rarer than two mentors apart
  mentor: {
    same: { m: 0.8, u: 0.63 },
    different: { m: 0.2, u: 0.37 },
  },
  // types are picked from a list and a neighbouring entry is hit now and then; that two sessions are told so alike is rarer still
  type: {
    same: { m: 0.9, u: 0.97 },
    // while the titles are alike and nothing is contrary
    other_entry: { m: 0.094, u: 0.0035 },
    different: { m: 0.0022, u: 0.025 },
  },
  // logged after midnight, or from memory; but on neighbouring days most sessions are sessions of their own
  date: {
    same: { m: 0.91, u: 0.59 },
    neighbouring: { m: 0.081, u: 0.13 },
    // a weekly session on either weekday: these are the two of this week
    neighbouring_in_rhythm: { m: 0.0022, u: 0.069 },
    // the next session of a weekly group
    week_apart: { m: 0.0022, u: 0.2 },
    // no check compares such pairs
    other: { m: 0.0022, u: 0.0077 },
  },
  // free text: alike by chance is rare, unless half of all sessions are called so
  title: {
    // and nothing else is contrary: sent again, or named by the group
    equal: { m: 0.28, u: 0.0034 },
    // but another time, place, length or head count: what its mentor, or any group of the kind, is used to write
    equal_apart: { m: 0.011, u: 0.24 },
    // slips, another order, another form of a word
    close: { m: 0.24, u: 0.045 },
    // a word of its own in common
    partly: { m: 0.2, u: 0.052 },
    // two mentors, and only words that half of all sessions go by
    bare_equal: { m: 0.0066, u: 0.0034 },
    // the same beside something contrary
    bare_equal_apart: { m: 0.0022, u: 0.22 },
    bare_alike: { m: 0.015, u: 0.031 },
    // one is told by its form alone
    one_bare: { m: 0.024, u: 0.024 },
    // "Gåtur med Kari" and "Gåtur med Ola": a person or a theme is exchanged
    one_word_other: { m: 0.0066, u: 0.17 },
    // another title at the same time, or in the same place with as many people: form and theme of one session
    told_otherwise: { m: 0.2, u: 0.0034 },
    // bare or left out, and neither place, number nor, by one mentor, time agrees: set, not counted
    nothing_telling: { m: 1, u: 32 },
    different: { m: 0.02, u: 0.11 },
    // day 1 and day 2, Tuesday and Thursday
    marked_apart: { m: 0.0022, u: 0.1 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
  // a mentor uses the same place again and again, so the same place says little; a shorter name of it says much
  location: {
    equal: { m: 0.52, u: 0.57 },
    // one name holds the other
    close: { m: 0.39, u: 0.013 },
    partly: { m: 0.0076, u: 0.013 },
    // left out, but the other's title names it
    in_title: { m: 0.013, u: 0.0044 },
    // two schools, two branches; or one house told by two of its rooms
    one_word_other: { m: 0.038, u: 0.084 },
    different: { m: 0.033, u: 0.28 },
    // another room, another ward
    marked_apart: { m: 0.0025, u: 0.04 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
  // most sessions last 60 or 90 minutes, so equal ones meet by chance; one session is hardly remembered as half as long
  duration: {
    // of the lengths that sessions are planned for
    equal: { m: 0.64, u: 0.46 },
    // 37, 70 or 240 minutes
    equal_unusual: { m: 0.24, u: 0.025 },
    // rounded
    within_10_min: { m: 0.07, u: 0.0036 },
    within_a_quarter: { m: 0.047, u: 0.14 },
    different: { m: 0.0022, u: 0.38 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
  // nobody is at two sessions at once, and few forget when one began: the surest of all
  starting_time: {
    equal: { m: 0.92, u: 0.17 },
    within_30_min: { m: 0.074, u: 0.053 },
    // one says the evening, the other half past six
    same_part_of_day: { m: 0.0082, u: 0.0041 },
    different: { m: 0.0027, u: 0.77 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
  // counted alike mostly; off by a few when counted from memory, or with the leaders
  participants: {
    equal: { m: 0.63, u: 0.031 },
    // one or two: that is what a talk is
    equal_few: { m: 0.27, u: 0.17 },
    within_one: { m: 0.056, u: 0.22 },
    close: { m: 0.037, u: 0.14 },
    // nobody needs two mentors for a talk with one
    one_each: { m: 0.0024, u: 0.058 },
    different: { m: 0.0024, u: 0.38 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
} as const satisfies Record<string, Record<string, Likelihood>>

/**
 * log2 of the odds before anything is compared. Chosen, by cross-validation on the same pairs, so that the threshold lies
 * in the middle of the gap between the two kinds; so it also makes up for comparisons that are not independent.
 */
export const PRIOR = 1.75

/** From this probability on a pair is put before a coordinator. */
export const THRESHOLD = 0.85
