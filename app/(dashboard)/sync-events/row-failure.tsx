import { type Messages, useTranslations } from 'next-intl'
import { ApiProblem } from '@/lib/api-client'

type Code = keyof Messages['problems']

/** Why a row was not changed, beside its buttons; nothing for a row without a refusal. */
export function RowFailure({ error }: { error: unknown }) {
  const t = useTranslations()
  if (error === undefined) return null
  const code = error instanceof ApiProblem && t.has(`problems.${error.code as Code}.title`) ? error.code : null
  const reason = t(`problems.${(code as Code | null) ?? 'internal_error'}.title`)
  return <span className="basis-full text-danger text-xs">{t('syncInbox.rowFailed', { reason })}</span>
}
