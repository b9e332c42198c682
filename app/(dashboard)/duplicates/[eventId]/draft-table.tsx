import { useTranslations } from 'next-intl'
import { DefinitionList } from '@/components/ui/definition-list'
import { dropLines } from '@/domain/duplicate-events/merge-plan'
import type { DuplicateReview } from '@/domain/duplicate-events/review-schema'
import { useFieldWords } from '../field-text'
import type { TypeNames } from '../type-names'

/** Everything that the draft says, where it stands alone. */
export function DraftTable({ review, typeNames }: { review: DuplicateReview; typeNames: TypeNames }) {
  const t = useTranslations('fields')
  const words = useFieldWords(typeNames)
  const lines = dropLines(review.draft).map(({ field, extra, draft }) => ({
    id: `${extra ? 'extra' : 'known'} ${field}`,
    term: words.label(field, extra),
    value: <span className="[overflow-wrap:anywhere]">{words.text(field, draft, extra)}</span>,
  }))
  return <DefinitionList entries={[{ id: 'mentor', term: t('mentor'), value: review.mentor_name }, ...lines]} />
}
