import { useFormatter, useTranslations } from 'next-intl'
import type { ReviewCandidate } from '@/domain/duplicate-events/review-schema'
import { formatMoment } from '@/lib/i18n/format'
import { useActorText } from '../actor-text'
import { useFieldWords } from '../field-text'
import type { TypeNames } from '../type-names'

interface Props {
  decided: NonNullable<ReviewCandidate['decided_before']>
  typeNames: TypeNames
}

/** That the two were told apart before, and what has changed since: only therefore they are here again. */
export function DecidedBefore({ decided, typeNames }: Props) {
  const t = useTranslations('duplicates')
  const format = useFormatter()
  const actorText = useActorText()
  const words = useFieldWords(typeNames)
  const shown = (field: string, value: unknown) => words.text(field, value) || '–'
  return (
    <div className="rounded border border-expiring/40 bg-expiring/10 px-3 py-2">
      <p className="font-medium">
        {t('before.decided', {
          when: formatMoment(format, decided.decided_at),
          actor: actorText(decided.decided_by),
        })}
      </p>
      <ul className="mt-1 grid gap-0.5">
        {decided.changed.map(({ side, field, before, after }) => (
          <li key={`${side} ${field}`}>
            {t('before.changed', {
              side: side === 'draft' ? t('draft') : t('kept'),
              field: words.label(field),
              before: shown(field, before),
              after: shown(field, after),
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}
