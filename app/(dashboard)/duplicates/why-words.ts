import type { Messages } from 'next-intl'
import { TELLING, THRESHOLD } from '@/domain/duplicate-events/weights'
import type { Formatter } from '@/lib/i18n/format'
import type { Words } from '@/lib/i18n/screen-words'

type Levels = Messages['duplicates']['evidence']

/** One comparison, as the API names it. */
export interface Evidence {
  readonly field: string
  readonly level: string
  /** Bits for (positive) or against (negative). */
  readonly weight: number
}

/** What a comparison found, in words; a level that has none yet goes by its name. */
export function levelText(t: Words, { field, level }: Pick<Evidence, 'field' | 'level'>): string {
  if (level === 'missing') return t('duplicates.missing')
  // each comparison has levels of its own; whether there are words for this one is asked first
  const key = `duplicates.evidence.${field}.${level}` as `duplicates.evidence.mentor.${keyof Levels['mentor']}`
  return t.has(key) ? t(key) : level
}

/** The evidence in a sentence, the weightiest first, with what speaks against. */
export function whyText(t: Words, format: Formatter, evidence: readonly Evidence[], probability: number): string {
  const listed = (sign: 1 | -1) => {
    const found = evidence
      .filter(({ weight }) => weight * sign >= TELLING)
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    return found.length > 0 ? format.list(found.map((one) => levelText(t, one))) : null
  }
  const [speaksFor, against] = [listed(1), listed(-1)]
  const sentences = [
    speaksFor ? t('duplicates.for', { list: speaksFor }) : t('duplicates.nothingFor'),
    against && t('duplicates.against', { list: against }),
    probability < THRESHOLD && isSameSlot(evidence) && t('duplicates.always'),
  ]
  return sentences.filter(Boolean).join(' ')
}

function isSameSlot(evidence: readonly Evidence[]): boolean {
  const slot = evidence.filter(({ field }) => field === 'mentor' || field === 'type' || field === 'date')
  return slot.every(({ level }) => level === 'same')
}
