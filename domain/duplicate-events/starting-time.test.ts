import { expect, it } from 'vitest'
import { readStart } from './starting-time'

const told = { starts_at: null, title: null, notes: null }
const minute = (hour: number, past = 0) => ({ from: hour * 60 + past, to: hour * 60 + past, in_notes: false })

it.each<[string, Partial<Parameters<typeof readStart>[0]>, ReturnType<typeof readStart>]>([
  ['the time given', { starts_at: '17:30', title: 'Samtale kl. 18' }, minute(17, 30)],
  ['a full hour in the title', { title: 'Samtale kl. 18' }, minute(18)],
  ['a time in the title', { title: 'Gåtur kl 18:15 fra parkeringen' }, minute(18, 15)],
  ['a time with a full stop', { title: 'Gruppe kl. 18.30' }, minute(18, 30)],
  ['a time without a word before it', { title: 'Kafé 9:45' }, minute(9, 45)],
  ['the first of two times', { title: 'Kurs kl. 10-14' }, minute(10)],
  ['an English time', { title: 'Call at 6 pm' }, minute(18)],
  ['noon and midnight', { title: 'Lunch at 12 pm' }, minute(12)],
  ['a time in the notes', { title: 'Samtale', notes: 'Vi møttes klokka 11.' }, { ...minute(11), in_notes: true }],
  ['a part of the day', { title: 'Samtale formiddag' }, { from: 8 * 60, to: 12.5 * 60, in_notes: false }],
  [
    'the afternoon, which holds the name of the noon',
    { title: 'Tur ettermiddag' },
    { from: 12 * 60, to: 18 * 60, in_notes: false },
  ],
  ['no time in a date', { title: 'Møte 12.03.' }, null],
  ['no time in a room', { title: 'Gruppe i rom 14' }, null],
  ['tomorrow is no part of the day', { title: 'Planlegging av tur i morgen' }, null],
  ['nothing', {}, null],
])('reads %s', (_, given, start) => {
  expect(readStart({ ...told, ...given })).toEqual(start)
})
