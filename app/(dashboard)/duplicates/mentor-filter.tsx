import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Input } from '@/components/ui/field'

interface Props {
  value: string | undefined
  /** Whose mentors are offered while typing. */
  rows: readonly { readonly mentor_id: string; readonly mentor_name: string }[]
}

/** The filter by mentor of the lists of duplicates. */
export function MentorFilter({ value, rows }: Props) {
  const t = useTranslations('fields')
  const list = useId()
  const mentors = new Map(rows.map((row) => [row.mentor_id, row.mentor_name]))
  return (
    <div className="lg:w-60">
      <Input
        name="mentor_id"
        label={t('mentorId')}
        defaultValue={value}
        maxLength={64}
        list={list}
        autoComplete="off"
      />
      <datalist id={list}>
        {[...mentors].map(([id, name]) => (
          <option key={id} value={id} label={name} />
        ))}
      </datalist>
    </div>
  )
}
