'use client'

import type { Route } from 'next'
import { useTranslations } from 'next-intl'
import { LinkButton } from '@/components/ui/link-button'
import { useView } from '@/components/use-view'
import type { DuplicateQueueQuery, DuplicateQueueView } from '@/domain/duplicate-events/review-schema'
import { queueViewPath } from './queue-address'

/** Opens the first of the queue as it stands by now. */
export function StartLink({ query, fromServer }: { query: DuplicateQueueQuery; fromServer: DuplicateQueueView }) {
  const t = useTranslations('duplicates')
  const [first] = useView<DuplicateQueueView>(queueViewPath(query), fromServer).data.data
  if (!first) return null
  return (
    <LinkButton href={`/duplicates/${first.id}` as Route} variant="primary">
      {t('start')}
    </LinkButton>
  )
}
