import { type Messages, useTranslations } from 'next-intl'

/** Who decided, to stand at the end of a sentence: `av utløpsjobben`, `uten innlogging`. */
export function useActorText(): (actor: string) => string {
  const t = useTranslations()
  return (actor) => {
    if (actor === 'open') return t('actors.open')
    const known = `actors.${actor}` as `actors.${keyof Messages['actors']}`
    return t('changes.by', { actor: t.has(known) ? t(known) : actor })
  }
}
