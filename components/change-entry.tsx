import { type Messages, useFormatter, useTranslations } from 'next-intl'
import { formatDate, formatMoment } from '@/lib/i18n/format'
import { useCertificationTypeName } from './certification-type'
import { useReasonWords } from './reason-words'

/** A row of the change log. */
export interface Change {
  readonly type: string
  readonly action: string
  readonly actor: string
  readonly after: unknown
}

type Actor = keyof Messages['actors']
type Words = Messages['changes']['mentor']

/** What was done, in words; a newer server's action, which has none yet, goes by its name. */
export function ChangeTitle({ change }: { change: Change }) {
  const t = useTranslations('changes')
  // the log names types and actions as plain text; whether there are words for them is asked first
  const key = `${change.type}.${change.action}` as `mentor.${keyof Words}`
  return <>{t.has(key) ? t(key) : t('unknown', { type: change.type, action: change.action })}</>
}

export function ChangeActor({ actor }: { actor: string }) {
  const t = useTranslations()
  return <>{t.has(`actors.${actor as Actor}`) ? t(`actors.${actor as Actor}`) : t('changes.by', { actor })}</>
}

/** Particulars that are worth a line: which certification, until when, the phone's own time, the words given with it. */
export function ChangeDetail({ change }: { change: Change }) {
  const t = useTranslations()
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  const reasonWords = useReasonWords()
  const after = (change.after ?? {}) as Readonly<Record<string, unknown>>
  const text = (name: string) => (typeof after[name] === 'string' && after[name] !== '' ? after[name] : null)
  const [type, expires, clientTime] = [text('certification_type'), text('expires_at'), text('client_timestamp')]
  const event = `events.${text('event_type')}` as 'events.PauseMentorEvent'
  // what the server tells the app has a fixed reason, which the event says already
  const told = change.type === 'sync_event' && after.origin === 'server'
  const words = told ? null : (text('note') ?? text('annotation') ?? text('reason') ?? text('title') ?? text('error'))
  const parts = [
    (told || change.type === 'bloc_event') && t.has(event) ? t(event) : null,
    type && expires ? t('changes.expires', { type: typeName(type), date: formatDate(format, expires) }) : null,
    clientTime && t('changes.clientTime', { time: formatMoment(format, clientTime) }),
    words && reasonWords(words),
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : null
}
