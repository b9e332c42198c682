'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Textarea } from '@/components/ui/field'
import { planMerge } from '@/domain/duplicate-events/merge-plan'
import type { DuplicateReview, ReviewCandidate } from '@/domain/duplicate-events/review-schema'
import type { UpdateBody } from '@/domain/duplicate-events/schema'
import type { Resolution } from '@/domain/duplicate-events/states'
import { KeyHint } from './shortcuts'
import { holdTyped, useTyped } from './typed'
import { useDecide } from './use-decide'
import { useRested } from './use-rested'
import { VERDICTS } from './verdicts'

/** What decides whether an activity counts; the other choices leave the number as it is told. */
const COUNTED = ['activity_type_id', 'date', 'duration_minutes', 'participant_count']

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

  function submit(resolution: Resolution) {
    if (rests) return
    const body: UpdateBody & { resolution: Resolution } = {
      state: 'resolved',
      resolution,
      review_version: review.review_version,
    }
    if (candidate?.activity_id) body.candidate_id = candidate.activity_id
    if (note !== undefined) body.annotation = note.trim() === '' ? null : note.trim()
    if (candidate && (resolution === 'merge' || resolution === 'co_led')) {
      // a choice made before the records moved may be about a field that is gone
      const { lines } = planMerge(review.draft, candidate.fields, {})
      const open = Object.entries(choices).filter(([name]) =>
        lines.some(({ field, outcome }) => field === name && outcome === 'kept'),
      )
      if (open.length > 0) body.field_choices = Object.fromEntries(open)
    }
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
          const { key, icon: Icon, label, hint, variant } = VERDICTS[resolution]
          // told for the merge as it is without choices
          const chosen = (resolution === 'merge' || resolution === 'co_led') && COUNTED.some((field) => choices[field])
          const alone = resolution === 'discard_draft' && !candidate?.activity_id
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
                {t(`actions.${label}`)}
                <KeyHint>{key}</KeyHint>
              </Button>
              <span id={`hint-${resolution}`} className="text-muted text-sm">
                {t(`duplicates.${alone ? 'discardAloneHint' : hint}`)}
                {candidate && !chosen && <CountableEffect change={candidate.countable_change[resolution] ?? 0} />}
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
