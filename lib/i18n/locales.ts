import type messages from '@/messages/en.json'
import type { formats } from './formats'

export const LOCALES = ['nb', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** How dates and numbers are written: English as Europe writes it, with the day first and 24 hours. */
export const WRITTEN_AS = { nb: 'nb', en: 'en-GB' } as const satisfies Record<Locale, string>

declare module 'next-intl' {
  interface AppConfig {
    Locale: (typeof WRITTEN_AS)[Locale]
    Messages: typeof messages
    Formats: typeof formats
  }
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value)
}

/**
 * The language of a visitor: the cookie's choice, else the first of the browser's languages that we speak.
 * `no` and `nn` get Bokmål, which their readers prefer to English; who asks for neither gets English.
 */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean)
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wanted) {
    if (language === 'nb' || language === 'no' || language === 'nn') return 'nb'
    if (language === 'en') return 'en'
  }
  return 'en'
}
