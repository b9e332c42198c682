// The words that a reader of a language sees: so a test can find things in each.
import { createTranslator } from 'next-intl'
import { formats } from '@/lib/i18n/formats'
import { type Locale, WRITTEN_AS } from '@/lib/i18n/locales'
import en from '@/messages/en.json' with { type: 'json' }
import nb from '@/messages/nb.json' with { type: 'json' }

export type Words = ReturnType<typeof wordsOf>

/** `t('actions.renew')`, as on the screens. */
export function wordsOf(language: Locale) {
  const messages = language === 'en' ? en : (nb as typeof en)
  return createTranslator({ locale: WRITTEN_AS[language], messages, formats, timeZone: 'Europe/Oslo' })
}
