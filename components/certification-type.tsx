import { useTranslations } from 'next-intl'
import type { Words } from '@/lib/i18n/screen-words'

/** Those that have a name here; the catalogue lives elsewhere. */
export const CERTIFICATION_TYPES = ['peer_mentor_basic', 'peer_mentor_advanced', 'peer_mentor_level_2'] as const

type Known = (typeof CERTIFICATION_TYPES)[number]

/** The name of a certification type; an unknown one goes by its id. */
export function certificationTypeName(t: Words, type: string): string {
  const key = `certificationTypes.${type as Known}` as const
  return t.has(key) ? t(key) : type
}

export function useCertificationTypeName(): (type: string) => string {
  const t = useTranslations()
  return (type) => certificationTypeName(t, type)
}

export function CertificationType({ type }: { type: string }) {
  return <>{useCertificationTypeName()(type)}</>
}
