import type { Pair, Told } from './comparison'
import { readStart } from './starting-time'

/** The level that each comparison falls into; null where one of the two records says nothing. */
export function levelsOf(pair: Pair): Record<Comparison, string | null> {
  const [a, b] = pair.told
  const found = {
    location: placeLevel(pair, a, b),
    duration: both(a.duration_minutes, b.duration_minutes, durationLevel),
    starting_time: startLevel(a, b),
    participants: both(a.participant_count, b.participant_count, (one, other) =>
      participantsLevel(one, other, pair.same_mentor),
    ),
  }
  const apart = Object.values(found).some((level) => level !== null && CONTRARY.has(level))
  const alike = titleLevel(pair, a, b, { apart, supported: isSupported(found) })
  const title = !apart && !isTelling(pair, alike, found) ? 'nothing_telling' : alike
  const series = pair.in_rhythm || pair.days_apart > 1 || (pair.days_apart === 1 && title === 'marked_apart')
  const inSeries = (level: string | null) => (series && level && EXPECTED.has(level) ? 'as_in_series' : level)
  return {
    mentor: pair.same_mentor ? 'same' : 'different',
    type: pair.same_type ? 'same' : !apart && title && ALIKE.has(title) ? 'other_entry' : 'different',
    date: dateLevel(pair),
    title: inSeries(title),
    location: inSeries(found.location),
    duration: inSeries(found.duration),
    starting_time: inSeries(found.starting_time),
    participants: inSeries(found.participants),
  }
}
type Comparison = 'mentor' | 'type' | 'date' | 'title' | 'location' | 'duration' | 'starting_time' | 'participants'

const ALIKE: ReadonlySet<string> = new Set(['equal', 'close', 'partly', 'told_otherwise'])
const CONTRARY: ReadonlySet<string> = new Set(['different', 'marked_apart', 'one_word_other', 'one_each'])

// what comes round every week, or on every day of a course, agrees in these whether it is one session or two
const EXPECTED: ReadonlySet<string> = new Set([
  'equal',
  'equal_few',
  'equal_unusual',
  'bare_equal',
  'close',
  'within_10_min',
  'within_30_min',
  'within_one',
])

function both<T>(a: T | null, b: T | null, level: (a: T, b: T) => string | null): string | null {
  return a === null || b === null ? null : level(a, b)
}

function dateLevel({ days_apart, in_rhythm }: Pair): string {
  if (days_apart === 0) return 'same'
  if (days_apart === 1) return in_rhythm ? 'neighbouring_in_rhythm' : 'neighbouring'
  return days_apart === 7 ? 'week_apart' : 'other'
}

interface Words {
  /** In capitals: what half of all sessions go by. */
  readonly common: readonly string[]
  /** Its own words. */
  readonly told: readonly string[]
  /** Numbers, and letters that number ("4b", "dag 2"): two sessions are told apart by them. */
  readonly marks: readonly string[]
}

const WEEKDAYS = ['MANDAG', 'TIRSDAG', 'ONSDAG', 'TORSDAG', 'FREDAG', 'LORDAG', 'SONDAG']

function readWords(words: string): Words {
  const all = words.split(' ')
  const marks = all.filter((word) => /^\d+[a-z]?$|^[a-z]$/.test(word) || WEEKDAYS.includes(word))
  const rest = all.filter((word) => !marks.includes(word))
  return {
    common: rest.filter((word) => word === word.toUpperCase()),
    told: rest.filter((word) => word !== word.toUpperCase()),
    marks,
  }
}

// a number against another number, a weekday against another weekday
function isMarkedApart(x: Words, y: Words): boolean {
  const kinds = [(word: string) => WEEKDAYS.includes(word), (word: string) => !WEEKDAYS.includes(word)]
  return kinds.some((kind) => {
    const [one, other] = [x.marks.filter(kind), y.marks.filter(kind)]
    return one.length > 0 && other.length > 0 && !one.some((mark) => other.includes(mark))
  })
}

function share(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => includes(b, one))
}

function holds(all: readonly string[], some: readonly string[]): boolean {
  return some.length > 0 && some.every((one) => includes(all, one))
}

// a part of a compound is the same word: "Maridalen" and "Maridalsvannet", "kreft" and "brystkreft"
function includes(words: readonly string[], word: string): boolean {
  return words.some((other) => {
    const [short, long] = word.length < other.length ? [word, other] : [other, word]
    return short === long || (short.length >= 4 && long.includes(short))
  })
}

type Found = Readonly<Record<'location' | 'starting_time' | 'participants', string | null>>

/** Whether anything agrees that does not agree in many pairs: a bare title, a common length and a video link do. */
function isTelling({ same_mentor, told: [a] }: Pair, title: string | null, found: Found): boolean {
  if (title === 'marked_apart' || title === 'one_word_other') return true
  if (title === 'equal' || title === 'close' || title === 'partly' || found.participants === 'equal') return true
  if (found.location === 'equal' || found.location === 'close') return isSomewhere(a.place_words ?? '')
  return same_mentor && (found.starting_time === 'equal' || found.starting_time === 'within_30_min')
}

/** "Sognsvann" and "Rom 4B"; not "Telefon", "Hjemme" or "Zoom", which are the place of very many sessions. */
function isSomewhere(place: string): boolean {
  const { common, told, marks } = readWords(place)
  return !common.includes('DIGITAL') && told.length + marks.length > 0
}

/** At the same time, or in the same place with the same number of people. */
function isSupported(found: Found): boolean {
  if (found.starting_time === 'equal' || found.starting_time === 'within_30_min') return true
  return found.participants === 'equal' && (found.location === 'equal' || found.location === 'close')
}

function titleLevel(
  pair: Pair,
  a: Told,
  b: Told,
  { apart, supported }: { readonly apart: boolean; readonly supported: boolean },
): string | null {
  if (!a.title_words || !b.title_words) return null
  const [x, y] = [readWords(a.title_words), readWords(b.title_words)]
  if (isMarkedApart(x, y)) return 'marked_apart'
  const other = supported && !apart ? 'told_otherwise' : 'different'
  const bare = x.told.length === 0 && y.told.length === 0
  if (a.title_words === b.title_words) {
    if (apart) return bare ? 'bare_equal_apart' : 'equal_apart'
    return bare ? 'bare_equal' : 'equal'
  }
  if (bare) return share(x.common, y.common) ? 'bare_alike' : other
  if (x.told.length === 0 || y.told.length === 0) return share(x.common, y.common) ? 'one_bare' : other
  if ((pair.title_told_likeness ?? 0) >= 0.6 || isSlip(pair, a.title_words)) return 'close'
  if (isOneWordOther(withoutPlace(x, b), withoutPlace(y, a))) return 'one_word_other'
  if (share(x.told, y.told) || (pair.title_containment ?? 0) >= 0.6) return 'partly'
  return other
}

/** The words of a title without those of the other's place: "Foreldregruppe, ROS" where the other was held at ROS. */
function withoutPlace(words: Words, { place_words }: Told): Words {
  const place = readWords(place_words ?? '').told
  return { ...words, told: words.told.filter((word) => !includes(place, word)) }
}

function isSlip({ title_told_edits }: Pair, words: string): boolean {
  return title_told_edits !== null && title_told_edits <= Math.min(3, words.length / 4)
}

/** "Gåtur med Kari" and "Gåtur med Ola": alike but for one word on either side. */
function isOneWordOther(x: Words, y: Words): boolean {
  const only = (some: Words, other: Words) => some.told.filter((word) => !includes(other.told, word))
  const alike = x.common.join() === y.common.join() && x.common.length + x.told.length > 1
  return alike && only(x, y).length === 1 && only(y, x).length === 1
}

function placeLevel(pair: Pair, a: Told, b: Told): string | null {
  if (!a.place_words || !b.place_words) return (pair.place_in_title ?? 0) >= 0.8 ? 'in_title' : null
  const [x, y] = [readWords(a.place_words), readWords(b.place_words)]
  const [all, others] = [
    [...x.common, ...x.told],
    [...y.common, ...y.told],
  ]
  if (isMarkedApart(x, y)) return 'marked_apart'
  if (a.place_words === b.place_words) return 'equal'
  if (
    x.marks.some((mark) => y.marks.includes(mark)) ||
    holds(all, others) ||
    holds(others, all) ||
    (pair.place_likeness ?? 0) >= 0.6
  )
    return 'close'
  if (isOneWordOther(x, y)) return 'one_word_other'
  if (share(x.told, y.told) || (pair.place_containment ?? 0) >= 0.6) return 'partly'
  return (pair.place_in_title ?? 0) >= 0.8 ? 'in_title' : 'different'
}

function durationLevel(a: number, b: number): string {
  const apart = Math.abs(a - b)
  if (apart === 0) return a % 15 === 0 && a <= 120 ? 'equal' : 'equal_unusual'
  if (apart <= 10) return 'within_10_min'
  return apart <= Math.max(a, b) / 4 ? 'within_a_quarter' : 'different'
}

function startLevel(a: Told, b: Told): string | null {
  return both(readStart(a), readStart(b), (one, other) => {
    // notes tell of much else: "at 5 participants", "ringer igjen kl. 9"
    const otherwise = one.in_notes || other.in_notes ? null : 'different'
    const exact = one.from === one.to && other.from === other.to
    if (!exact) return one.from <= other.to && other.from <= one.to ? 'same_part_of_day' : otherwise
    const apart = Math.abs(one.from - other.from)
    if (apart === 0) return 'equal'
    if (isOneAfterOther(a, b, apart)) return otherwise
    return apart <= 30 ? 'within_30_min' : otherwise
  })
}

/** Whether either session would have been over, by its length, before the other began: two calls in a row. */
function isOneAfterOther(a: Told, b: Told, apart: number): boolean {
  return apart > 15 && apart >= Math.max(a.duration_minutes ?? 60, b.duration_minutes ?? 60)
}

function participantsLevel(a: number, b: number, sameMentor: boolean): string {
  // nobody needs two for a talk with one
  if (!sameMentor && a <= 1 && b <= 1) return 'one_each'
  const apart = Math.abs(a - b)
  if (apart === 0) return a <= 2 ? 'equal_few' : 'equal'
  if (apart === 1) return 'within_one'
  return apart <= Math.max(a, b) / 4 ? 'close' : 'different'
}
