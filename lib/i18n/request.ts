import { cookies, headers } from 'next/headers'
import type { Messages } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { readClock } from '../clock'
import { env } from '../env'
import { dateOf } from '../instant'
import { formats } from './formats'
import { chooseLocale, WRITTEN_AS } from './locales'
import { pseudoCatalogue } from './pseudo-catalogue'

/** The zone of the organisations served: every date that a person reads is a date there. */
const TIME_ZONE = 'Europe/Oslo'

export default getRequestConfig(async () => {
  const locale = chooseLocale((await cookies()).get('locale')?.value, (await headers()).get('accept-language'))
  const { default: words } = locale === 'nb' ? await import('@/messages/nb.json') : await import('@/messages/en.json')
  // English gives the type; that Bokmål has the same keys and arguments is tested
  const messages = env().PSEUDO_LOCALE ? pseudoCatalogue(locale) : (words as Messages)
  return { locale: WRITTEN_AS[locale], messages, formats, timeZone: TIME_ZONE, now: dateOf(readClock()) }
})
