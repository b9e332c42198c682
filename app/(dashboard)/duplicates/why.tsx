import { useFormatter, useTranslations } from 'next-intl'
import { type Evidence, levelText, whyText } from './why-words'

export function useLevelText(): (evidence: Pick<Evidence, 'field' | 'level'>) => string {
  const t = useTranslations()
  return (evidence) => levelText(t, evidence)
}

interface Props {
  evidence: readonly Evidence[]
  probability: number
}

export function Why({ evidence, probability }: Props) {
  return whyText(useTranslations(), useFormatter(), evidence, probability)
}
