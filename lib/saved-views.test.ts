import { describe, expect, it } from 'vitest'
import {
  findView,
  parseSavedViews,
  renameView,
  viewName,
  viewQuery,
  withoutView,
  withView,
  writeSavedViews,
} from './saved-views'

const A = { name: 'Utløpt', query: 'certification=expired' }
const B = { name: 'På pause', query: 'status=paused' }

describe('what is stored', () => {
  it('comes back as it was written', () => {
    expect(parseSavedViews(writeSavedViews([A, B]))).toEqual({ views: [A, B], unreadable: false })
    expect(parseSavedViews(null)).toEqual({ views: [], unreadable: false })
  })

  it.each([
    'rubbish',
    'null',
    '[]',
    '{"schema_version":2,"views":[]}',
    '{"schema_version":1}',
    '{"schema_version":1,"views":[null]}',
    '{"schema_version":1,"views":[{"name":"A"}]}',
    '{"schema_version":1,"views":[{"name":"","query":""}]}',
  ])('is told to be unreadable: %s', (stored) => {
    expect(parseSavedViews(stored)).toEqual({ views: [], unreadable: true })
  })
})

describe('the list', () => {
  it('replaces a view of the same name in its place, whatever the case', () => {
    const other = { name: 'utløpt', query: 'q=a' }
    expect(withView([A, B], other)).toEqual([other, B])
    expect(withView([A], B)).toEqual([A, B])
    expect(findView([A, B], 'PÅ PAUSE')).toBe(B)
  })

  it('renames one, and another of that name gives way', () => {
    expect(renameView([A, B], 'Utløpt', 'Gått ut')).toEqual([{ ...A, name: 'Gått ut' }, B])
    expect(renameView([A, B], 'Utløpt', 'på pause')).toEqual([{ ...A, name: 'på pause' }])
    expect(renameView([A, B], 'Utløpt', 'utløpt')).toEqual([{ ...A, name: 'utløpt' }, B])
  })

  it('loses the one that is deleted', () => {
    expect(withoutView([A, B], 'Utløpt')).toEqual([B])
  })
})

it('keeps of a name what fits, and of an address what makes the view', () => {
  expect(viewName('  To   ord ')).toBe('To ord')
  expect(viewName('x'.repeat(100))).toHaveLength(60)
  expect(viewQuery('?status=paused&page=3&q=&log_page=2&limit=50')).toBe('limit=50&status=paused')
  expect(viewQuery('')).toBe('')
})
