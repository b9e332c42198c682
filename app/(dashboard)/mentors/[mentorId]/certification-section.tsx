'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { BulkResults } from '@/components/list/bulk-results'
import { useBulk } from '@/components/list/use-bulk'
import { useRenewal } from '@/components/renewal/use-renewal'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { MentorDetail } from '@/domain/mentors/detail'
import { type Certification, CertificationTable } from './certification-table'
import { RecordDialog } from './record-dialog'

interface Props {
  mentor: Pick<MentorDetail['profile'], 'mentor_id' | 'full_name'>
  certifications: readonly Certification[]
}

/** A mentor's certifications, to be renewed; the first one can be recorded here. */
export function CertificationSection({ mentor, certifications }: Props) {
  const t = useTranslations()
  const router = useRouter()
  const bulk = useBulk()
  const [renewing, setRenewing] = useState<ReadonlySet<string>>(new Set())
  const [recording, setRecording] = useState(false)
  const [, startTransition] = useTransition()
  const settle = (ids: readonly string[]) => setRenewing((now) => new Set([...now].filter((id) => !ids.includes(id))))
  const renewal = useRenewal({
    bulk,
    onLeave: (ids) => setRenewing((now) => new Set([...now, ...ids])),
    onReturn: settle,
    // both at once: the old date must not come back for a moment
    onDone: (ids) =>
      startTransition(() => {
        router.refresh()
        settle(ids)
      }),
  })

  function renew(one: Certification) {
    const { certification_id, certification_type, issued_at, expires_at, version, days_left } = one
    const auto_pause_applied = one.auto_pause_applied_at !== null
    const row = { certification_id, certification_type, issued_at, expires_at, version, days_left, auto_pause_applied }
    renewal.open([{ ...row, full_name: mentor.full_name }])
  }

  return (
    <Section
      title={t('mentor.certifications')}
      actions={
        certifications.length === 0 && (
          <Button size="small" className="noscript:hidden print:hidden" onClick={() => setRecording(true)}>
            {t('mentor.record.open')}
          </Button>
        )
      }
      flush
    >
      <CertificationTable certifications={certifications} renewing={renewing} onRenew={renew} />
      {renewal.dialog}
      <BulkResults bulk={bulk} hrefOf={() => `/mentors/${mentor.mentor_id}` as Route} />
      <RecordDialog mentor={mentor} open={recording} onClose={() => setRecording(false)} />
    </Section>
  )
}
