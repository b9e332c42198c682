import { getLocale } from 'next-intl/server'
import { cache } from 'react'
import { listActivityTypes } from '@/domain/activities/queries'
import { pageCall, pageDb } from '@/lib/page-call'

export type TypeNames = Readonly<Record<string, string>>

/** The names of the activity types in the reader's language, by id. */
export const readTypeNames = cache(async (): Promise<TypeNames> => {
  const locale = await getLocale()
  const types = await listActivityTypes(pageDb(), await pageCall())
  return Object.fromEntries(types.map((type) => [type.id, locale === 'nb' ? type.name_nb : type.name_en]))
})
