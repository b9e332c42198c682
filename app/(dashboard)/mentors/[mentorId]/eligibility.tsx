'use client'

import { CircleCheck, CircleX } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useCertificationTypeName } from '@/components/certification-type'
import { formatDate } from '@/lib/i18n/format'
import { useStanding } from './standing'
import type { Standing } from './standing-preview'

/** Whether the mentor may be given assignments, and why not: who paused, when, and which certification expired when. */
export function Eligibility() {
  const t = useTranslations('mentor')
  const { standing: mentor } = useStanding()
  const reasons = useReasons(mentor)
  const valid = useValidity(mentor)
  if (mentor.eligibility.eligible) {
    return (
      <p className="flex gap-2">
        <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-valid" />
        {valid}
      </p>
    )
  }
  return (
    <div className="flex gap-2">
      <CircleX aria-hidden className="mt-0.5 size-5 shrink-0 text-expired" />
      <div className="min-w-0">
        <p>{t('notEligible', { count: reasons.length })}</p>
        <ul className="mt-1 list-disc space-y-1 pl-5">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        {mentor.pauses.some(({ cause }) => cause === 'by_certification') && (
          <p className="mt-2 text-muted text-sm">{t(mentor.pauses.length > 1 ? 'howToResumeBoth' : 'howToResume')}</p>
        )}
      </div>
    </div>
  )
}

function useValidity({ certifications }: Standing): string {
  const t = useTranslations('mentor')
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  const latest = certifications.find(({ is_current, status }) => is_current && status === 'valid')
  if (!latest) return ''
  return t('eligible', { type: typeName(latest.certification_type), date: formatDate(format, latest.expires_at) })
}

function useReasons(mentor: Standing): string[] {
  const t = useTranslations('mentor')
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  const lapsed = mentor.certifications
    .filter(({ is_current, status }) => is_current && status === 'expired')
    .map((one) => t('hasExpired', { type: typeName(one.certification_type), date: formatDate(format, one.expires_at) }))
  const pauses = mentor.pauses.map(({ cause, since, reason }) => {
    if (cause === 'by_hand') {
      return since === null
        ? t('pausedByHandUnknown')
        : t('pausedByHand', { date: formatDate(format, since), reason: reason ? 'given' : 'none', words: reason ?? '' })
    }
    if (lapsed.length === 0) return t('pausedByJobUnknown')
    const certifications = format.list(lapsed)
    // an event that arrives after the lapse brings the pause with it, before the job does
    return since === null
      ? t('pausedByLapse', { certifications })
      : t('pausedByJob', { date: formatDate(format, since), certifications })
  })
  const byJob = mentor.pauses.some(({ cause }) => cause === 'by_certification')
  const open = mentor.eligibility.reasons
  return [
    ...pauses,
    ...(open.includes('lapsed') && !byJob ? [t('lapsed', { certifications: format.list(lapsed) })] : []),
    ...(open.includes('no_valid_certification') && lapsed.length === 0 ? [t('noValidCertification')] : []),
  ]
}
