import { describe, expect, it } from 'vitest'
import type { Pair, Told } from './comparison'
import { levelsOf } from './levels'

const told: Told = {
  title: 'Sorggruppe',
  title_words: 'sorg GRUPPE',
  place_words: 'ROM 4b',
  duration_minutes: 90,
  starts_at: '18:00',
  participant_count: 7,
  notes: null,
}

function pairOf(own: Partial<Told>, other: Partial<Told>, rest: Partial<Pair> = {}): Pair {
  return {
    same_mentor: true,
    same_type: true,
    days_apart: 0,
    in_rhythm: false,
    title_likeness: null,
    title_told_likeness: null,
    title_told_edits: null,
    title_containment: null,
    place_likeness: null,
    place_containment: null,
    place_in_title: null,
    told: [
      { ...told, ...own },
      { ...told, ...other },
    ],
    ...rest,
  }
}

const later = { starts_at: '20:00' }

describe('the level of a title', () => {
  it.each<[string, Partial<Told>, Partial<Told>, Partial<Pair>, string | null]>([
    ['said again', {}, {}, {}, 'equal'],
    ['said again with a blank filled', { starts_at: null }, {}, {}, 'equal'],
    ['equal beside another time', {}, later, {}, 'equal_apart'],
    ['said by two mentors', {}, {}, { same_mentor: false }, 'equal'],
    ['equal and bare', { title_words: 'TUR' }, { title_words: 'TUR', ...later }, {}, 'bare_equal_apart'],
    ['bare, by two mentors', { title_words: 'TUR' }, { title_words: 'TUR' }, { same_mentor: false }, 'bare_equal'],
    ['bare and alike', { title_words: 'TUR GRUPPE' }, { title_words: 'TUR' }, {}, 'bare_alike'],
    ['bare on one side', { title_words: 'SAMTALE' }, { title_words: 'SAMTALE sovn' }, {}, 'one_bare'],
    ['slipped', {}, { title_words: 'sog GRUPPE' }, { title_told_edits: 1 }, 'close'],
    ['of words in common', { title_words: 'sorg savn' }, { title_words: 'sorg kirk fjell' }, {}, 'partly'],
    ['with a person exchanged', { title_words: 'TUR kari' }, { title_words: 'TUR ola' }, {}, 'one_word_other'],
    ['wholly other at the same time', { title_words: 'tilbak jobb' }, { title_words: 'utbrent' }, {}, 'told_otherwise'],
    ['wholly other', { title_words: 'tilbak jobb' }, { title_words: 'utbrent', ...later }, {}, 'different'],
    ['with another number', { title_words: 'KURS DAG 1' }, { title_words: 'KURS DAG 2' }, {}, 'marked_apart'],
    ['with another weekday', { title_words: 'TIRSDAG GRUPPE' }, { title_words: 'TORSDAG GRUPPE' }, {}, 'marked_apart'],
    ['equal in its series', {}, {}, { days_apart: 1, in_rhythm: true }, 'as_in_series'],
    ['left out', { title_words: null }, {}, {}, null],
  ])('%s', (_, own, other, rest, level) => {
    expect(levelsOf(pairOf(own, other, rest)).title).toBe(level)
  })
})

it('says where nothing telling is in common, unless something is contrary', () => {
  const bare = { title_words: 'TELEFON', place_words: null, starts_at: null, participant_count: null }
  expect(levelsOf(pairOf(bare, bare, { days_apart: 1 })).title).toBe('nothing_telling')
  expect(levelsOf(pairOf({ ...bare, title_words: null }, bare)).title).toBe('nothing_telling')
  expect(levelsOf(pairOf({ ...bare, duration_minutes: 15 }, bare, { days_apart: 1 })).title).toBe('bare_equal_apart')
})

it('asks of two bare titles of one mentor and day that time, place or participants agree', () => {
  const call = { title_words: 'TELEFON SAMTALE', place_words: null, starts_at: null, participant_count: null }
  expect(levelsOf(pairOf(call, call)).title).toBe('nothing_telling')
  for (const agreed of [{ starts_at: '18:00' }, { place_words: 'sognsvann' }, { participant_count: 7 }]) {
    expect(levelsOf(pairOf({ ...call, ...agreed }, { ...call, ...agreed })).title).toBe('bare_equal')
  }
})

describe('the level of a place', () => {
  it.each<[string, string | null, string | null, Partial<Pair>, string | null]>([
    ['equal', 'ROM 4b', 'ROM 4b', {}, 'equal'],
    ['shortened', 'frivil SENTER grunerlokk', 'grunerlokk', {}, 'close'],
    ['of a similar name', 'hellerud vgs', 'ullern vgs', {}, 'one_word_other'],
    ['with a word in common', 'hellerud vgs gymsal', 'ullern vgs', {}, 'partly'],
    ['of another number', 'ROM 4b', 'ROM 4c', {}, 'marked_apart'],
    ["left out, but in the other's title", null, 'sognsvann', { place_in_title: 1 }, 'in_title'],
    ['left out', null, 'sognsvann', { place_in_title: 0.2 }, null],
    ['wholly other', 'sognsvann', 'haukeland', {}, 'different'],
  ])('%s', (_, own, other, rest, level) => {
    expect(levelsOf(pairOf({ place_words: own }, { place_words: other }, rest)).location).toBe(level)
  })
})

describe('the level of', () => {
  it('participants, where two mentors saw one person each', () => {
    const one = { participant_count: 1 }
    expect(levelsOf(pairOf(one, one, { same_mentor: false })).participants).toBe('one_each')
  })

  it('a type, beside what else is alike', () => {
    expect(levelsOf(pairOf({}, {}, { same_type: false })).type).toBe('other_entry')
    expect(levelsOf(pairOf({}, later, { same_type: false })).type).toBe('different')
  })

  it.each<[string, Partial<Told>, Partial<Told>, string, string | null]>([
    ['duration', {}, {}, 'duration', 'equal'],
    ['an odd duration', { duration_minutes: 37 }, { duration_minutes: 37 }, 'duration', 'equal_unusual'],
    ['a rounded duration', { duration_minutes: 85 }, {}, 'duration', 'within_10_min'],
    ['a longer duration', { duration_minutes: 110 }, {}, 'duration', 'within_a_quarter'],
    ['another duration', { duration_minutes: 30 }, {}, 'duration', 'different'],
    ['a missing duration', { duration_minutes: null }, {}, 'duration', null],
    ['a starting time', {}, {}, 'starting_time', 'equal'],
    ['a starting time remembered otherwise', { starts_at: '18:15' }, {}, 'starting_time', 'within_30_min'],
    ['another starting time', later, {}, 'starting_time', 'different'],
    ['a starting time in the title', { starts_at: null, title: 'Sorg kl. 18' }, {}, 'starting_time', 'equal'],
    ['the same time in the notes', { starts_at: null, notes: 'Begynte kl. 18' }, {}, 'starting_time', 'equal'],
    ['what the notes tell of else', { starts_at: null, notes: 'Held at 5 participants' }, {}, 'starting_time', null],
    ['the evening', { starts_at: null, title: 'Temakveld' }, {}, 'starting_time', 'same_part_of_day'],
    ['the morning', { starts_at: null, title: 'Morgentur' }, {}, 'starting_time', 'different'],
    ['participants', {}, {}, 'participants', 'equal'],
    ['a talk of two', { participant_count: 1 }, { participant_count: 1 }, 'participants', 'equal_few'],
    ['one more participant', { participant_count: 8 }, {}, 'participants', 'within_one'],
    ['some more participants', { participant_count: 9 }, {}, 'participants', 'close'],
    ['other participants', { participant_count: 20 }, {}, 'participants', 'different'],
  ])('%s', (_, own, other, field, level) => {
    expect(levelsOf(pairOf(own, other))[field as 'duration']).toBe(level)
  })

  it.each([
    [0, false, 'same'],
    [1, false, 'neighbouring'],
    [1, true, 'neighbouring_in_rhythm'],
    [7, false, 'week_apart'],
    [3, false, 'other'],
  ])('dates %i days apart, in a rhythm %s', (days_apart, in_rhythm, level) => {
    expect(levelsOf(pairOf({}, {}, { days_apart, in_rhythm })).date).toBe(level)
  })
})
