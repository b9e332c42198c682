import { useTranslations } from 'next-intl'

/** Below this many decisions a share is mostly chance: one more decision could move it by several per cent. */
export const FEW = 20

/** Says so beside a share that rests on few decisions; nothing where there are enough. */
export function SmallNumber({ decided }: { decided: number }) {
  const t = useTranslations('accuracy')
  if (decided === 0 || decided >= FEW) return null
  return <span className="whitespace-nowrap text-expiring text-xs">{t('few')}</span>
}
