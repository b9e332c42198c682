import { expect, it } from 'vitest'
import { beginningOfId, escapeLike, hasTrigram, numbersBeginning, splitWords } from './words'

it('takes each word once, the longest first, and not too many', () => {
  expect(splitWords(' kari  nordmann kari ')).toEqual(['nordmann', 'kari'])
  expect(splitWords('a b c d e f g')).toHaveLength(6)
  expect(splitWords('  ')).toEqual([])
})

it('lets wildcards stand for themselves', () => {
  expect(escapeLike('50%_\\')).toBe('50\\%\\_\\\\')
})

it('knows what trigrams can find', () => {
  expect(['ås', 'a-b', '%%%', '😀😀😀'].filter(hasTrigram)).toEqual([])
  expect(['åse', 'x-123'].filter(hasTrigram)).toEqual(['åse', 'x-123'])
})

it('writes the beginning of an id as ids are written', () => {
  expect(beginningOfId('CERT_04q', 'cert_')).toBe('cert_04Q')
  expect(beginningOfId('cert_', 'cert_')).toBe('cert_')
  for (const other of ['cert', 'evt_04', 'cert_04%', 'cert_123456789']) expect(beginningOfId(other, 'cert_')).toBeNull()
})

it('finds the numbers that begin with the digits', () => {
  expect(numbersBeginning('evt-55', 'evt-')?.slice(0, 3)).toEqual([
    [55, 55],
    [550, 559],
    [5500, 5599],
  ])
  expect(numbersBeginning('dc-0', 'dc-')).toEqual([[0, 0]])
  expect(numbersBeginning('evt-', 'evt-')).toEqual([[0, 999_999_999_999_999]])
  for (const other of ['evt', 'evt-x', 'evt-bloc-1', 'evt-1234567890123456'])
    expect(numbersBeginning(other, 'evt-')).toBeNull()
})

it('counts the zeros that fill a number up', () => {
  expect(numbersBeginning('evt-bloc-009', 'evt-bloc-', 4)).toEqual([[90, 99]])
  expect(numbersBeginning('evt-bloc-91', 'evt-bloc-', 4)?.slice(0, 2)).toEqual([
    [9100, 9199],
    [91_000, 91_999],
  ])
})
