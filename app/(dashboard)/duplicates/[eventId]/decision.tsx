'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Textarea } from '@/components/ui/field'
import { countableChange } from '@/domain/activities/countable-rule'
import { type Choices, planMerge } from '@/domain/duplicate-events/merge-plan'
import type { DuplicateReview, ReviewCandidate } from '@/domain/duplicate-events/review-schema'
import type { UpdateBody } from '@/domain/duplicate-events/schema'
import type { Resolution } from '@/domain/duplicate-events/states'
import { KeyHint } from './shortcuts'
import { holdTyped, useTyped } from './typed'
import { useDecide } from './use-decide'
import { useRested } from './use-rested'
import { VERDICTS } from './verdicts'

interface Props {
  review: DuplicateReview
  /** Null where nothing is left that the draft may duplicate. */
  candidate: ReviewCandidate | null
  /** It waits no more: what was typed stays, and can be read. */
  over: boolean
  /** Changes with what is decided about. */
  mark: string
}

/** The verdicts that this pair allows, with a note to go with them. */
export function Decision({ review, candidate, over, mark }: Props) {
  const t = useTranslations()
  const { id } = review
  const { choices, note, decidedAt } = useTyped(id)
  const decide = useDecide(review)
  const rested = useRested(mark)
  const rests = over || !rested || (decidedAt !== null && review.version <= decidedAt)
  const allowed = candidate?.allowed ?? (['keep_both', 'discard_draft'] as const)
  const open = candidate ? openChoices(review, candidate, choices) : {}

  function submit(resolution: Resolution) {
    if (rests) return
    const body: UpdateBody & { resolution: Resolution } = {
      state: 'resolved',
      resolution,
      review_version: review.review_version,
    }
    if (candidate?.activity_id) body.candidate_id = candidate.activity_id
    if (note !== undefined) body.annotation = note.trim() === '' ? null : note.trim()
    if (isMerge(resolution) && Object.keys(open).length > 0) body.field_choices = open
    decide.mutate(body)
  }

  return (
    <div className="grid gap-4">
      <div className="noscript:hidden">
        <Textarea
          label={t('duplicates.note')}
          hint={t('duplicates.noteHint')}
          maxLength={2000}
          rows={2}
          value={note ?? review.annotation ?? ''}
          onChange={(event) => holdTyped(id, { note: event.target.value })}
        />
      </div>
      <ul className="grid gap-2 noscript:hidden">
        {allowed.map((resolution) => {
          const { key, icon: Icon, variant } = VERDICTS[resolution]
          const words = wordsOf(resolution, candidate)
          return (
            <li key={resolution} className="grid items-center gap-x-3 gap-y-0.5 sm:grid-cols-[11rem_minmax(0,1fr)]">
              <Button
                variant={variant}
                aria-keyshortcuts={key}
                aria-describedby={`hint-${resolution}`}
                aria-disabled={rests}
                onClick={() => submit(resolution)}
              >
                <Icon aria-hidden />
                {t(`actions.${words.label}`)}
                <KeyHint>{key}</KeyHint>
              </Button>
              <span id={`hint-${resolution}`} className="text-muted text-sm">
                {t(`duplicates.${words.hint}`)}
                {candidate && <CountableEffect change={effectOf(resolution, review, candidate, open)} />}
              </span>
            </li>
          )
        })}
      </ul>
      {candidate && (
        <p className="text-muted text-sm">
          {t(`duplicates.${review.draft_countable ? 'draftCounts' : 'draftCountsNot'}`)}{' '}
          {candidate.activity_id && t(`duplicates.${candidate.countable ? 'keptCounts' : 'keptCountsNot'}`)}{' '}
          {t('duplicates.notOfficial')}
        </p>
      )}
      <p className="hidden text-muted text-sm noscript:block">{t('duplicates.needsScript')}</p>
    </div>
  )
}

/** How a verdict is named: where nothing is kept beside the draft, there are no two to speak of. */
function wordsOf(resolution: Resolution, candidate: ReviewCandidate | null) {
  if (resolution === 'keep_both' && !candidate) return { label: 'keep', hint: 'keepAloneHint' } as const
  const { label, hint } = VERDICTS[resolution]
  return resolution === 'discard_draft' && !candidate?.activity_id
    ? ({ label, hint: 'discardAloneHint' } as const)
    : { label, hint }
}

function isMerge(resolution: Resolution): boolean {
  return resolution === 'merge' || resolution === 'co_led'
}

/** The choices without those made before the records moved about a field that is gone, or differs no more. */
function openChoices(review: DuplicateReview, candidate: ReviewCandidate, choices: Choices): Choices {
  const { lines } = planMerge(review.draft, candidate.fields, {})
  const differs = (name: string) => lines.some(({ field, outcome }) => field === name && outcome === 'kept')
  return Object.fromEntries(Object.entries(choices).filter(([name]) => differs(name)))
}

/** By how much the number of countable activities changes, a merge with these choices. */
function effectOf(
  resolution: Resolution,
  { draft, countable_rule }: DuplicateReview,
  { fields, countable_besides, countable_change }: ReviewCandidate,
  choices: Choices,
): number {
  if (!isMerge(resolution)) return countable_change[resolution] ?? 0
  return countableChange(countable_rule, countable_besides, fields, planMerge(draft, fields, choices).fields)
}

/** What the verdict does to the number of countable activities; nothing is said where it stays. */
function CountableEffect({ change }: { change: number }) {
  const t = useTranslations('duplicates')
  const format = useFormatter()
  if (change === 0) return null
  return (
    <span className="ml-1 whitespace-nowrap font-medium text-ink">
      {t('countableEffect', { change: format.number(change, { signDisplay: 'always' }) })}
    </span>
  )
}
