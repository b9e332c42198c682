import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Checkbox } from '../ui/checkbox'
import { useShortcuts } from './use-shortcuts'

export interface KeyHint {
  readonly keys: readonly string[]
  readonly action: ReactNode
}

/** Which keys work while a row has the focus, and the switch that turns them off in this browser. */
export function KeyHints({ hints }: { hints: readonly KeyHint[] }) {
  const t = useTranslations('list')
  const [on, turn] = useShortcuts()
  return (
    <div className="pointer-coarse:hidden flex flex-wrap items-center gap-x-4 gap-y-1 border-t px-4 py-2 text-muted text-xs noscript:hidden print:hidden">
      <Checkbox
        label={<span className="text-xs">{t('shortcuts')}</span>}
        checked={on}
        onChange={(event) => turn(event.target.checked)}
      />
      {on &&
        hints.map(({ keys, action }) => (
          <span key={keys.join(' ')} className="inline-flex items-center gap-1">
            {keys.map((key) => (
              <kbd key={key} className="rounded-box border border-control px-1.5 font-mono">
                {key}
              </kbd>
            ))}
            {action}
          </span>
        ))}
    </div>
  )
}
