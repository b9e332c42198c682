import type { Messages } from 'next-intl'
import { type Formatter, formatDate, formatMoment } from '@/lib/i18n/format'
import type { Words } from '@/lib/i18n/screen-words'
import { certificationTypeName } from './certification-type'
import { reasonWords } from './reason-words'

/** A row of the change log. */
export interface Change {
  readonly type: string
  readonly action: string
  readonly actor: string
  readonly after: unknown
}

type Changes = Messages['changes']

/** What was done, in words; a newer server's action, which has none yet, goes by its name. */
export function changeTitle(t: Words, { type, action }: Pick<Change, 'type' | 'action'>): string {
  // the log names types and actions as plain text; whether there are words for them is asked first
  const key = `changes.${type}.${action}` as `changes.mentor.${keyof Changes['mentor']}`
  return t.has(key) ? t(key) : t('changes.unknown', { type, action })
}

/** The kind of record; a newer server's goes by its name. */
export function changeType(t: Words, type: string): string {
  const key = `changes.types.${type as keyof Changes['types']}` as const
  return t.has(key) ? t(key) : type
}

/** Who did it, to head a column; null for one who is known by an id alone. */
export function actorName(t: Words, actor: string): string | null {
  const key = `changes.who.${actor as keyof Changes['who']}` as const
  return t.has(key) ? t(key) : null
}

/** Who did it, to end a sentence: `av utløpsjobben`. */
export function byActor(t: Words, actor: string): string {
  const key = `actors.${actor as keyof Messages['actors']}` as const
  return t.has(key) ? t(key) : t('changes.by', { actor })
}

/** Particulars that are worth a line: which certification, until when, the phone's own time, the words given with it. */
export function changeDetail(t: Words, format: Formatter, change: Change): string | null {
  const after = (change.after ?? {}) as Readonly<Record<string, unknown>>
  const text = (name: string) => (typeof after[name] === 'string' && after[name] !== '' ? after[name] : null)
  const [type, expires, until] = [text('certification_type'), text('expires_at'), text('until')]
  const clientTime = text('client_timestamp')
  const event = `events.${text('event_type')}` as 'events.PauseMentorEvent'
  // what the server tells the app has a fixed reason, which the event says already
  const told = change.type === 'sync_event' && after.origin === 'server'
  const words = told ? null : (text('note') ?? text('annotation') ?? text('reason') ?? text('title') ?? text('error'))
  const parts = [
    (told || change.type === 'bloc_event') && t.has(event) ? t(event) : null,
    type && expires
      ? t('changes.expires', { type: certificationTypeName(t, type), date: formatDate(format, expires) })
      : null,
    until && t('changes.until', { date: formatDate(format, until) }),
    clientTime && t('changes.clientTime', { time: formatMoment(format, clientTime) }),
    words && reasonWords(t, format, words),
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : null
}
