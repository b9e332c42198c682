import { type Messages, useFormatter, useTranslations } from 'next-intl'
import type { Evidence } from '@/domain/duplicate-events/scoring'
import { THRESHOLD } from '@/domain/duplicate-events/weights'

type Levels = Messages['duplicates']['evidence']

/** What a comparison found, in words; a level that has none yet goes by its name. */
export function useLevelText(): (evidence: Evidence) => string {
  const t = useTranslations('duplicates')
  return ({ field, level }) => {
    if (level === 'missing') return t('missing')
    // each comparison has levels of its own; whether there are words for this one is asked first
    const key = `evidence.${field}.${level}` as `evidence.mentor.${keyof Levels['mentor']}`
    return t.has(key) ? t(key) : level
  }
}

interface Props {
  evidence: readonly Evidence[]
  probability: number
}

/** The evidence in a sentence, the weightiest first, with what speaks against. */
export function Why({ evidence, probability }: Props) {
  const t = useTranslations('duplicates')
  const format = useFormatter()
  const levelText = useLevelText()
  const listed = (sign: 1 | -1) => {
    const found = evidence
      .filter(({ weight }) => weight * sign > 0)
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    return found.length > 0 ? format.list(found.map(levelText)) : null
  }
  const [speaksFor, against] = [listed(1), listed(-1)]
  const sentences = [
    speaksFor ? t('for', { list: speaksFor }) : t('nothingFor'),
    against && t('against', { list: against }),
    probability < THRESHOLD && isSameSlot(evidence) && t('always'),
  ]
  return <>{sentences.filter(Boolean).join(' ')}</>
}

function isSameSlot(evidence: readonly Evidence[]): boolean {
  const slot = evidence.filter(({ field }) => field === 'mentor' || field === 'type' || field === 'date')
  return slot.every(({ level }) => level === 'same')
}
