import type { useTranslations } from 'next-intl'

/** What `useTranslations()` and `await getTranslations()` return: all messages, in the reader's language. */
export type Words = ReturnType<typeof useTranslations<never>>
