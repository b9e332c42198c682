import { useTranslations } from 'next-intl'

type Known = 'peer_mentor_basic' | 'peer_mentor_advanced' | 'peer_mentor_level_2'

/** The name of a certification type for sentences; the catalogue lives elsewhere, so an unknown type goes by its id. */
export function useCertificationTypeName(): (type: string) => string {
  const t = useTranslations('certificationTypes')
  return (type) => (t.has(type as Known) ? t(type as Known) : type)
}

export function CertificationType({ type }: { type: string }) {
  return <>{useCertificationTypeName()(type)}</>
}
