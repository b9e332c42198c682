import { statusOf } from '@/domain/mentors/lock'
import { explainUnread } from '@/domain/mentors/unread-event'
import type { AnswerWords } from '@/lib/i18n/answer-words'
import { formatMoment } from '@/lib/i18n/format'
import type { PauseState } from './ordering'
import { postSyncEventBody, type SyncEventVerdict } from './schema'

const EVENT = { schema: postSyncEventBody, keys: Object.keys(postSyncEventBody.shape) }

/** The verdict on what stands in an event's place and is none, with a sentence that says what is wrong with it. */
export function rejectUnread(words: AnswerWords, unread: unknown): Omit<SyncEventVerdict, 'index'> {
  const { given, detail } = explainUnread(words, unread, EVENT)
  return { verdict: 'rejected', mentor_id: given('mentor_id'), code: 'invalid_request', detail }
}

/** Why an event was not accepted: which newer one stands. */
export function explainSuperseded({ t, format }: AnswerWords, state: PauseState): string {
  const status = t(`status.mentor.${statusOf(state)}`)
  const time = state.hand_effective_at ?? ''
  return t('verdicts.superseded', { time: formatMoment(format, time), status })
}
