import { useTranslations } from 'next-intl'

/** Which keys work while a row has the focus. */
export function KeyHints({ acknowledge }: { acknowledge: boolean }) {
  const t = useTranslations('syncInbox')
  const hints = [
    { keys: ['j', 'k'], action: t('keyMove') },
    { keys: ['x'], action: t('keySelect') },
    { keys: ['e'], action: acknowledge ? t('keyAcknowledge') : t('keyUnacknowledge') },
    { keys: ['r'], action: t('keyNote') },
  ]
  return (
    <p className="hidden flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2.5 text-muted text-xs noscript:hidden lg:flex print:hidden">
      {t('keys')}
      {hints.map(({ keys, action }) => (
        <span key={action} className="inline-flex items-center gap-1">
          {keys.map((key) => (
            <kbd key={key} className="rounded-box border border-control px-1.5 font-mono">
              {key}
            </kbd>
          ))}
          {action}
        </span>
      ))}
    </p>
  )
}
