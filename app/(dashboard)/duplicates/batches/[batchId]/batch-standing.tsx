'use client'

import { CirclePlay, Undo2 } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { DuplicateBatch } from '@/domain/duplicate-events/batch-schema'
import { formatMoment } from '@/lib/i18n/format'
import { useActorText } from '../../actor-text'
import { countableChangeOf, standingOf } from './batch-state'
import { CountableChange } from './countable-change'
import type { BatchStep } from './use-batch'

interface Props {
  batch: DuplicateBatch
  /** Nothing has moved for a while. */
  still: boolean
  /** What has just been asked for and is not answered yet. */
  starting: BatchStep | null
  onStep: (step: BatchStep) => void
}

/** Where the batch stands, for eyes and ears, and the one thing that can be done with it now. */
export function BatchStanding({ batch, still, starting, onStep }: Props) {
  const t = useTranslations('batch')
  const { state, counts } = batch
  const standing = standingOf(batch)
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<string | null>(null)

  useEffect(() => {
    const first = drawn.current === null
    if (drawn.current === state) return
    drawn.current = state
    // the plan that was asked for is read first; later the button that was pressed has left, and with it the focus
    if (first ? state === 'planned' : document.activeElement === document.body) box.current?.focus()
  }, [state])

  return (
    <Section title={t(`state.${state}`)} className="mb-5">
      <div ref={box} tabIndex={-1} className="grid gap-3">
        <div role="status" className="grid gap-1 text-sm">
          <Sentences batch={batch} />
          {still && <p className="font-medium text-expiring">{t('still')}</p>}
        </div>
        {standing && (
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <progress
              aria-label={t('progress')}
              value={standing.ended}
              max={standing.total}
              className="h-2 w-56 max-w-full accent-accent"
            />
            <span className="tabular text-muted">{t('progressOf', standing)}</span>
          </p>
        )}
        {counts.planned + counts.done + counts.undo_refused > 0 && (
          <CountableChange change={countableChangeOf(batch)} planned={state === 'planned'} />
        )}
        <div className="flex flex-wrap gap-2 noscript:hidden print:hidden">
          {state === 'planned' && counts.planned > 0 && (
            <Button variant="primary" aria-disabled={starting !== null} onClick={() => !starting && onStep('run')}>
              <CirclePlay aria-hidden />
              {starting === 'run' ? t('starting') : t('carryOut', { count: counts.planned })}
            </Button>
          )}
          {still && (
            <Button
              variant="primary"
              aria-disabled={starting !== null}
              onClick={() => !starting && onStep(state === 'undoing' ? 'undo' : 'run')}
            >
              <CirclePlay aria-hidden />
              {t('carryOn')}
            </Button>
          )}
          {state === 'done' && counts.done > 0 && (
            <Button aria-disabled={starting !== null} onClick={() => !starting && onStep('undo')}>
              <Undo2 aria-hidden />
              {starting === 'undo' ? t('starting') : t('undo', { count: counts.done })}
            </Button>
          )}
        </div>
        {state === 'planned' && <p className="noscript:block hidden text-sm">{t('needsScript')}</p>}
      </div>
    </Section>
  )
}

function Sentences({ batch }: { batch: DuplicateBatch }) {
  const t = useTranslations('batch')
  const format = useFormatter()
  const actorText = useActorText()
  const { state, counts } = batch
  const by = (actor: string | null, time: string | null) =>
    actor && time ? { actor: actorText(actor), time: formatMoment(format, time) } : null
  const run = by(batch.run_by, batch.run_at)
  const undone = by(batch.undone_by, batch.undone_at)
  return (
    <>
      <p>
        {state === 'planned' && t('planned', { count: counts.planned })}
        {state === 'running' && t('running')}
        {state === 'done' && t('done', { count: counts.done })}
        {state === 'undoing' && t('undoing')}
        {state === 'undone' && t('undone', { count: counts.undone })}
        {counts.refused > 0 && ` ${t(state === 'planned' ? 'cannot' : 'refused', { count: counts.refused })}`}
        {counts.undo_refused > 0 && ` ${t('undoRefused', { count: counts.undo_refused })}`}
      </p>
      {run && <p className="text-muted">{t('runBy', run)}</p>}
      {undone && <p className="text-muted">{t('undoneBy', undone)}</p>}
    </>
  )
}
