'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type Messages, useFormatter, useTranslations } from 'next-intl'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { LinkButton } from '@/components/ui/link-button'
import { ApiProblem } from '@/lib/api-client'
import { formatMoment } from '@/lib/i18n/format'
import { useActorText } from '../actor-text'

/** Why a decision was not carried out. Where somebody else was faster it shows theirs; nothing typed is lost. */
export function Refusal({ error, next }: { error: Error; next: Route }) {
  const t = useTranslations()
  const router = useRouter()
  const theirs = useTheirs()
  const code = error instanceof ApiProblem ? error.code : null
  if (code === 'review_moved_on') {
    return <ErrorState title={t('duplicates.moved.title')}>{t('duplicates.moved.body')}</ErrorState>
  }
  if (code !== 'already_resolved') return <Problem error={error} />
  return (
    <ErrorState
      title={t('duplicates.conflict.title')}
      actions={
        <>
          <Button size="small" onClick={() => router.refresh()}>
            {t('duplicates.conflict.see')}
          </Button>
          <LinkButton size="small" variant="quiet" href={next}>
            {t('ui.next')}
          </LinkButton>
        </>
      }
    >
      {theirs((error as ApiProblem).document)} {t('duplicates.conflict.yours')}
    </ErrorState>
  )
}

/** The decision that a refusal names: what, by whom, when. */
function useTheirs(): (document: Readonly<Record<string, unknown>>) => string {
  const t = useTranslations()
  const format = useFormatter()
  const actorText = useActorText()
  return ({ resolution, resolved_by, last_updated_at }) => {
    const verdict =
      `status.resolution.${String(resolution)}` as `status.resolution.${keyof Messages['status']['resolution']}`
    return t('duplicates.conflict.theirs', {
      resolution: t.has(verdict) ? t(verdict) : t('duplicates.receipt.reviewed'),
      actor: actorText(String(resolved_by)),
      when: formatMoment(format, String(last_updated_at)),
    })
  }
}
