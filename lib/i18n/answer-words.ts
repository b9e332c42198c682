import 'server-only'
import { createFormatter, createTranslator, type Messages } from 'next-intl'
import en from '@/messages/en.json'
import nb from '@/messages/nb.json'
import { formats } from './formats'
import { chooseLocale, type Locale, WRITTEN_AS } from './locales'

/** The catalogue's words, and dates as their language writes them. */
export type AnswerWords = ReturnType<typeof makeWords>

const made = new Map<string, AnswerWords>()

/**
 * For answers of the API that hold sentences for people: in the language that `Accept-Language` asks for, with times in
 * `timeZone` (IANA).
 */
export function answerWords(acceptLanguage: string | null | undefined, timeZone: string): AnswerWords {
  const locale = chooseLocale(undefined, acceptLanguage ?? null)
  // kept with the messages they have parsed: a batch says one sentence hundreds of times
  const words = made.get(`${locale} ${timeZone}`) ?? makeWords(locale, timeZone)
  made.set(`${locale} ${timeZone}`, words)
  return words
}

function makeWords(locale: Locale, timeZone: string) {
  const messages: Messages = locale === 'nb' ? (nb as Messages) : en
  const how = { locale: WRITTEN_AS[locale], formats, timeZone }
  return { t: createTranslator({ ...how, messages }), format: createFormatter(how) }
}
