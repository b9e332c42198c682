'use client'

import { CircleAlert } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import type { DuplicateReview } from '@/domain/duplicate-events/review-schema'
import { ApiProblem } from '@/lib/api-client'
import { formatMoment } from '@/lib/i18n/format'
import { useActorText } from '../actor-text'

interface Props {
  review: DuplicateReview
  /** The event was taken back by whoever sent it. */
  withdrawn: boolean
  /** What is drawn below is open, though the event is not. */
  over: boolean
  /** What is drawn below is not what was drawn first. */
  moved: boolean
  refusal: Error | null
  /** Leads from what was open to what became of it. */
  onLook: () => void
}

/** What others have done to the review meanwhile, and why a verdict was not carried out. Nothing typed is lost by it. */
export function Notices({ review, withdrawn, over, moved, refusal, onLook }: Props) {
  const t = useTranslations('duplicates')
  const code = refusal instanceof ApiProblem ? refusal.code : null
  const decided = code === 'already_resolved' || (over && review.state === 'resolved')
  return (
    // in sight wherever somebody is typing
    <div className="sticky top-(--topbar) z-15 print:hidden">
      {refusal && code === 'review_moved_on' && (
        <Refused>
          <ErrorState title={t('moved.title')}>{t('moved.body')}</ErrorState>
        </Refused>
      )}
      {refusal && code !== 'review_moved_on' && code !== 'already_resolved' && (
        <Refused>
          <Problem error={refusal} />
        </Refused>
      )}
      <div role="status">
        {decided ? (
          <Decided review={review} refusal={refusal} onLook={over ? onLook : null} />
        ) : withdrawn ? (
          <Notice title={t('withdrawn.title')}>{t('withdrawn.body')}</Notice>
        ) : over && review.state !== 'duplicate_found' ? (
          <Notice title={t('moved.title')} actions={<Look onLook={onLook} />}>
            {t(`other.${review.state === 'resolved' ? 'clear' : review.state}`)}
          </Notice>
        ) : (
          moved && code === null && <Notice title={t('moved.title')}>{t('moved.seen')}</Notice>
        )}
      </div>
    </div>
  )
}

function Refused({ children }: { children: ReactNode }) {
  return <div className="pb-5">{children}</div>
}

/** Somebody else's decision: what, by whom, when, and where its receipt is. */
function Decided({ review, refusal, onLook }: Pick<Props, 'review' | 'refusal'> & { onLook: (() => void) | null }) {
  const t = useTranslations('duplicates')
  const theirs = useTheirs()
  const receipt = review.receipts.find(({ undone_at }) => undone_at === null)
  return (
    <Notice
      title={t('conflict.title')}
      actions={
        <>
          {onLook && <Look onLook={onLook} />}
          {receipt && (
            <Link
              href={`/duplicates/receipts/${receipt.receipt_id}` as Route}
              className="inline-flex min-h-8 items-center px-1 text-accent text-sm underline"
            >
              {t('receipt.title')}
            </Link>
          )}
        </>
      }
    >
      {theirs(review)} {t(refusal ? 'conflict.yours' : 'conflict.kept')}
    </Notice>
  )
}

function Look({ onLook }: { onLook: () => void }) {
  const t = useTranslations('duplicates.conflict')
  return (
    <Button size="small" onClick={onLook}>
      {t('see')}
    </Button>
  )
}

/** The decision that stands. */
function useTheirs(): (review: DuplicateReview) => string {
  const t = useTranslations()
  const format = useFormatter()
  const actorText = useActorText()
  return ({ state, resolution, resolved_by, resolved_at }) => {
    // a refusal comes before what it is about has been read
    if (state !== 'resolved' || resolution === null || resolved_at === null) return ''
    return t('duplicates.conflict.theirs', {
      resolution: resolution === 'reviewed' ? t('duplicates.receipt.reviewed') : t(`status.resolution.${resolution}`),
      actor: actorText(String(resolved_by)),
      when: formatMoment(format, resolved_at),
    })
  }
}

function Notice({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="mb-5 rounded-box bg-surface text-sm">
      <div className="flex gap-3 rounded-box border border-expiring/40 bg-expiring/10 px-4 py-3">
        <CircleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0 text-expiring" />
        <div className="min-w-0">
          <p className="font-semibold">{title}</p>
          <p className="mt-0.5 max-w-prose">{children}</p>
          {actions && <div className="mt-2 flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
      </div>
    </div>
  )
}
