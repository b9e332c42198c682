import { statusOf } from '@/domain/mentors/lock'
import { isStorable } from '@/lib/http/request'
import type { AnswerWords } from '@/lib/i18n/answer-words'
import { formatMoment } from '@/lib/i18n/format'
import type { PauseState } from './ordering'
import { postSyncEventBody, type SyncEventVerdict } from './schema'

const SHOWN = 64

/** The verdict on what stands in an event's place and is none, with a sentence that says what is wrong with it. */
export function rejectUnread({ t }: AnswerWords, unread: unknown): Omit<SyncEventVerdict, 'index'> {
  const given = (typeof unread === 'object' && unread !== null ? unread : {}) as Readonly<Record<string, unknown>>
  const { mentor_id, event_type } = given
  const [issue] = postSyncEventBody.safeParse(unread).error?.issues ?? []
  const field = issue?.path[0]
  const unknown = isStorable(unread)
    ? Object.keys(given).find((key) => !Object.hasOwn(postSyncEventBody.shape, key))
    : undefined
  const unknownType = field === 'event_type' && typeof event_type === 'string'
  return {
    verdict: 'rejected',
    mentor_id: typeof mentor_id === 'string' ? mentor_id : null,
    code: 'invalid_request',
    detail: unknownType
      ? t('verdicts.unknownType', { type: shortened(event_type) })
      : field === undefined
        ? unknown === undefined
          ? t('verdicts.unreadable')
          : t('verdicts.unknownField', { field: shortened(unknown) })
        : t('verdicts.unreadableField', { field: String(field) }),
  }
}

/** Why an event was not accepted: which newer one stands. */
export function explainSuperseded({ t, format }: AnswerWords, state: PauseState): string {
  const status = t(`status.mentor.${statusOf(state)}`)
  const time = state.hand_effective_at ?? ''
  return t('verdicts.superseded', { time: formatMoment(format, time), status })
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text
}
