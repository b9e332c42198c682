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
    same: { m: 0.8, u: 0.65 },
    different: { m: 0.2, u: 0.35 },
  },
  // types are picked from a list and a neighbouring entry is hit now and then; that two sessions are told so alike is rarer still
  type: {
    same: { m: 0.91, u: 0.98 },
    // while the titles are alike and nothing is contrary
    other_entry: { m: 0.086, u: 0.003 },
    different: { m: 0.0063, u: 0.021 },
  },
  // logged after midnight, or from memory; but on neighbouring days most sessions are sessions of their own
  date: {
    same: { m: 0.92, u: 0.63 },
    neighbouring: { m: 0.078, u: 0.12 },
    // a weekly session on either weekday: these are the two of this week
    neighbouring_in_rhythm: { m: 0.0021, u: 0.061 },
    // the next session of a weekly group
    week_apart: { m: 0.0021, u: 0.18 },
    // no check compares such pairs
    other: { m: 0.0021, u: 0.0067 },
  },
  // free text: alike by chance is rare, unless half of all sessions are called so
  title: {
    // and nothing else is contrary: sent again, or named by the group
    equal: { m: 0.21, u: 0.0029 },
    // but another time, place, length or head count: what its mentor, or any group of the kind, is used to write
    equal_apart: { m: 0.01, u: 0.2 },
    // slips, another order, another form of a word
    close: { m: 0.23, u: 0.038 },
    // a word of its own in common
    partly: { m: 0.19, u: 0.043 },
    // only words that half of all sessions go by; and the time, the place or the number of people agrees as well
    bare_equal: { m: 0.086, u: 0.0087 },
    // the same beside something contrary
    bare_equal_apart: { m: 0.0021, u: 0.21 },
    bare_alike: { m: 0.019, u: 0.026 },
    // one is told by its form alone
    one_bare: { m: 0.023, u: 0.02 },
    // "Gåtur med Kari" and "Gåtur med Ola": a person or a theme is exchanged
    one_word_other: { m: 0.0063, u: 0.14 },
    // another title at the same time, or in the same place with as many people: form and theme of one session
    told_otherwise: { m: 0.19, u: 0.0029 },
    // bare or left out, and neither place, number nor, by one mentor, time agrees: two phone calls a day are everyday work
    nothing_telling: { m: 0.019, u: 0.13 },
    different: { m: 0.019, u: 0.09 },
    // day 1 and day 2, Tuesday and Thursday
    marked_apart: { m: 0.0021, u: 0.084 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
  // a mentor uses the same place again and again, so the same place says little; a shorter name of it says much
  location: {
    equal: { m: 0.52, u: 0.58 },
    // one name holds the other
    close: { m: 0.39, u: 0.013 },
    partly: { m: 0.0076, u: 0.013 },
    // left out, but the other's title names it
    in_title: { m: 0.013, u: 0.0043 },
    // two schools, two branches; or one house told by two of its rooms
    one_word_other: { m: 0.038, u: 0.082 },
    different: { m: 0.033, u: 0.27 },
    // another room, another ward
    marked_apart: { m: 0.0025, u: 0.039 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
  // most sessions last 60 or 90 minutes, so equal ones meet by chance; one session is hardly remembered as half as long
  duration: {
    // of the lengths that sessions are planned for
    equal: { m: 0.65, u: 0.5 },
    // 37, 70 or 240 minutes
    equal_unusual: { m: 0.24, u: 0.045 },
    // rounded
    within_10_min: { m: 0.067, u: 0.015 },
    within_a_quarter: { m: 0.045, u: 0.12 },
    different: { m: 0.0022, u: 0.33 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
  // nobody is at two sessions at once, and few forget when one began: the surest of all
  starting_time: {
    equal: { m: 0.91, u: 0.17 },
    within_30_min: { m: 0.078, u: 0.052 },
    // one says the evening, the other half past six
    same_part_of_day: { m: 0.0081, u: 0.004 },
    different: { m: 0.0027, u: 0.77 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
  // counted alike mostly; off by a few when counted from memory, or with the leaders
  participants: {
    equal: { m: 0.64, u: 0.03 },
    // one or two: that is what a talk is
    equal_few: { m: 0.27, u: 0.19 },
    within_one: { m: 0.055, u: 0.22 },
    close: { m: 0.036, u: 0.13 },
    // nobody needs two mentors for a talk with one
    one_each: { m: 0.0024, u: 0.056 },
    different: { m: 0.0024, u: 0.38 },
    // explained by the series: the weekly slot, the days of a course
    as_in_series: { m: 1, u: 1 },
  },
} as const satisfies Record<string, Record<string, Likelihood>>

/**
 * log2 of the odds before anything is compared. Chosen, not counted: by cross-validation on the same pairs, so that the
 * threshold lies in the middle of the gap between the two kinds; so it also makes up for comparisons that are not
 * independent. About half of those pairs are of one session, far more than of the pairs that a year of checks compares:
 * a probability here ranks, and says how a pair like this was labelled, not how often it is one session in everyday life.
 */
export const PRIOR = 1.75

/** From this probability on a pair is put before a coordinator. */
export const THRESHOLD = 0.85

/** In bits: what weighs less says next to nothing either way. */
export const TELLING = 0.25
