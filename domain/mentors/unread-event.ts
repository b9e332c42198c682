import type { z } from 'zod'
import { isStorable } from '@/lib/http/request'
import type { AnswerWords } from '@/lib/i18n/answer-words'

const SHOWN = 64

/** What stands in an event's place in a batch and is none: the texts it names itself by, and a sentence on what is wrong. */
export function explainUnread(
  { t }: AnswerWords,
  unread: unknown,
  event: { readonly schema: z.ZodType; readonly keys: readonly string[] },
): { given: (key: string) => string | null; detail: string } {
  const sent = (typeof unread === 'object' && unread !== null ? unread : {}) as Readonly<Record<string, unknown>>
  const given = (key: string) => {
    const value = sent[key]
    return typeof value === 'string' ? value : null
  }
  const [issue] = event.schema.safeParse(unread).error?.issues ?? []
  if (issue?.path[0] === 'event_type' && given('event_type') !== null) {
    return { given, detail: t('verdicts.unknownType', { type: shortened(given('event_type') ?? '') }) }
  }
  if (issue?.path.length) return { given, detail: t('verdicts.unreadableField', { field: issue.path.join('.') }) }
  const unknown = isStorable(unread) ? Object.keys(sent).find((key) => !event.keys.includes(key)) : undefined
  const detail =
    unknown === undefined ? t('verdicts.unreadable') : t('verdicts.unknownField', { field: shortened(unknown) })
  return { given, detail }
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text
}
