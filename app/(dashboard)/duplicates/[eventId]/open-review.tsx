import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { LinkTabs } from '@/components/ui/link-tabs'
import { Section } from '@/components/ui/section'
import type { DuplicateReview, ReviewCandidate } from '@/domain/duplicate-events/review-schema'
import { queryHref } from '@/lib/query-href'
import { useProbabilityText } from '../field-text'
import type { TypeNames } from '../type-names'
import { Why } from '../why'
import { Comparison } from './comparison'
import { DecidedBefore } from './decided-before'
import { Decision } from './decision'
import { DraftTable } from './draft-table'
import { EvidenceBars } from './evidence-bars'
import { Receipts } from './receipts'

interface Props {
  review: DuplicateReview
  candidate: ReviewCandidate | null
  /** It waits no more: somebody else has decided. */
  over: boolean
  /** Changes with what is decided about. */
  mark: string
  typeNames: TypeNames
}

/** A draft that waits, beside what it may duplicate. */
export function OpenReview({ review, candidate, over, mark, typeNames }: Props) {
  const t = useTranslations('duplicates')
  const { id } = review
  return (
    <div className="grid gap-5">
      {review.candidates.length > 1 && <Candidates review={review} shown={candidate} />}
      {candidate ? (
        <Section title={t(candidate.activity_id ? 'comparison' : 'comparisonOther')} flush>
          <div className="grid gap-1 border-b px-4 py-3 text-sm">
            <p>
              <Why evidence={candidate.evidence} probability={candidate.probability} />
            </p>
            {candidate.decided_before && <DecidedBefore decided={candidate.decided_before} typeNames={typeNames} />}
            {candidate.allowed.includes('merge') && <p className="text-muted print:hidden">{t('comparisonHint')}</p>}
            {candidate.allowed.includes('co_led') && (
              <p className="text-muted">{t('mentorKept', { kept: candidate.mentor_name })}</p>
            )}
            {candidate.event_id && (
              <p>
                {t('candidateIsDraft')}{' '}
                <Link href={`/duplicates/${candidate.event_id}` as Route} className="text-accent underline">
                  {candidate.fields.title ?? candidate.event_id}
                </Link>
              </p>
            )}
            {candidate.event_id && candidate.mentor_id !== review.mentor_id && (
              <p className="text-muted">{t('ledTogetherLater')}</p>
            )}
          </div>
          <Comparison review={review} candidate={candidate} typeNames={typeNames} />
        </Section>
      ) : (
        <Section title={t('comparisonDraft')}>
          <p className="mb-3 text-sm">{t('nothingLeft')}</p>
          <DraftTable review={review} typeNames={typeNames} />
        </Section>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Section title={t('decision')} className="print:hidden">
          <Decision key={id} review={review} candidate={candidate} over={over} mark={mark} />
        </Section>
        {candidate && (
          <Section title={t('evidenceTitle')}>
            <EvidenceBars review={review} candidate={candidate} />
          </Section>
        )}
      </div>
      {review.receipts.length > 0 && (
        <Section title={t('receipts')} className="print:hidden">
          <Receipts receipts={review.receipts} />
        </Section>
      )}
    </div>
  )
}

function Candidates({ review, shown }: { review: DuplicateReview; shown: ReviewCandidate | null }) {
  const t = useTranslations('duplicates')
  const probabilityText = useProbabilityText()
  const path = `/duplicates/${review.id}`
  return (
    <LinkTabs
      label={t('candidates')}
      tabs={review.candidates.map((candidate, index) => ({
        href: queryHref(path, { candidate: index === 0 ? null : nameOf(candidate) }),
        label: (
          <span className="flex min-w-0 gap-1.5" title={candidate.fields.title ?? undefined}>
            <span className="max-w-[min(14rem,50vw)] truncate">{candidate.fields.title ?? t('untitled')}</span>
            <span className="tabular">{probabilityText(candidate.probability)}</span>
          </span>
        ),
        current: candidate === shown,
      }))}
    />
  )
}

/** `act_7Q2M4XKD`, or `evt-5503` for one that is still a draft. */
export function nameOf({ activity_id, event_id }: ReviewCandidate): string {
  return activity_id ?? event_id ?? ''
}
