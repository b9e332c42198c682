'use client'

import { useTranslations } from 'next-intl'
import { Problem } from '@/components/problem'
import { Section } from '@/components/ui/section'
import type { DuplicateBatch } from '@/domain/duplicate-events/batch-schema'
import { BatchStanding } from './batch-standing'
import { BatchTable } from './batch-table'
import { useBatch } from './use-batch'

/** A batch from its plan to its end: what will happen or has happened to each draft, and what can be done now. */
export function BatchScreen({ fromServer }: { fromServer: DuplicateBatch }) {
  const t = useTranslations('batch')
  const { batch, readError, step, underWay, still } = useBatch(fromServer)
  const error = step.error ?? (underWay ? readError : null)
  return (
    <>
      <BatchStanding
        batch={batch}
        still={still}
        starting={step.isPending ? step.variables : null}
        onStep={(wanted) => step.mutate(wanted)}
      />
      {error && (
        <div className="mb-5">
          <Problem error={error} />
        </div>
      )}
      <Section title={t('rows')} flush>
        <BatchTable items={batch.items} />
      </Section>
    </>
  )
}
