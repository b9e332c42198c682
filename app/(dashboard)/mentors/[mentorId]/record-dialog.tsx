'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useFormatter, useTimeZone, useTranslations } from 'next-intl'
import { useState } from 'react'
import { CERTIFICATION_TYPES, useCertificationTypeName } from '@/components/certification-type'
import { useNow } from '@/components/clock'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Input, Select } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import type { PostedCertification } from '@/domain/certifications/schema'
import type { MentorDetail } from '@/domain/mentors/detail'
import { callApi } from '@/lib/api-client'
import { addMonths, endOfDay, localDate, startOfDay } from '@/lib/calendar'
import { formatDate } from '@/lib/i18n/format'
import { instantFromDate } from '@/lib/instant'

interface Props {
  mentor: Pick<MentorDetail['profile'], 'mentor_id' | 'full_name'>
  open: boolean
  onClose: () => void
}

const USUAL_MONTHS = 24

/** Records a mentor's first certification, by its first and last day in the organisation's zone. */
export function RecordDialog({ mentor, open, onClose }: Props) {
  const t = useTranslations()
  const format = useFormatter()
  const router = useRouter()
  const typeName = useCertificationTypeName()
  const timeZone = useTimeZone() ?? 'UTC'
  const today = localDate(instantFromDate(useNow()), timeZone)
  const [type, setType] = useState<string>(CERTIFICATION_TYPES[0])
  const [typed, setTyped] = useState<{ readonly issued?: string; readonly lastDay?: string }>({})
  const { issued = today, lastDay = addMonths(today, USUAL_MONTHS) } = typed
  const [tried, setTried] = useState(false)
  const wrongIssued = isDay(issued) ? null : t('mentor.record.noDate')
  const wrongLastDay = !isDay(lastDay)
    ? t('mentor.record.noDate')
    : lastDay < issued
      ? t('mentor.record.tooEarly')
      : null
  const record = useMutation({
    mutationFn: () =>
      callApi<PostedCertification>('/api/v1/certifications', {
        method: 'POST',
        body: {
          mentor_id: mentor.mentor_id,
          certification_type: type,
          issued_at: startOfDay(issued, timeZone),
          expires_at: endOfDay(lastDay, timeZone),
        },
      }),
    onSuccess() {
      toast.success(t('mentor.record.done', { type: typeName(type), date: formatDate(format, lastDay) }))
      onClose()
      router.refresh()
    },
  })

  function save() {
    setTried(true)
    if (wrongIssued === null && wrongLastDay === null) record.mutate()
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('mentor.record.title', { name: mentor.full_name })}
      description={t('mentor.record.body')}
      actions={
        <Button variant="primary" disabled={record.isPending} onClick={save}>
          {t('actions.save')}
        </Button>
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <Select label={t('fields.certificationType')} value={type} onChange={(event) => setType(event.target.value)}>
            {CERTIFICATION_TYPES.map((one) => (
              <option key={one} value={one}>
                {typeName(one)}
              </option>
            ))}
          </Select>
        </div>
        <Input
          type="date"
          label={t('mentor.record.issued')}
          value={issued}
          error={tried && wrongIssued}
          onChange={(event) => setTyped({ ...typed, issued: event.target.value })}
        />
        <Input
          type="date"
          label={t('mentor.record.lastDay')}
          value={lastDay}
          error={tried && wrongLastDay}
          onChange={(event) => setTyped({ ...typed, lastDay: event.target.value })}
        />
      </div>
      {record.isError && (
        <div className="mt-3">
          <Problem error={record.error} />
        </div>
      )}
    </Dialog>
  )
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && text >= '1901' && text < '2200'
}
