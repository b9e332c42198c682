import { cva, type VariantProps } from 'class-variance-authority'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

const badgeStyle = cva(
  'inline-flex items-center gap-1 whitespace-nowrap rounded-full px-2 py-0.5 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'bg-subtle text-muted',
        info: 'bg-accent-soft text-accent',
        valid: 'bg-valid-soft text-valid',
        expiring: 'bg-expiring-soft text-expiring',
        expired: 'bg-expired-soft text-expired',
        paused: 'bg-paused-soft text-paused',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
)

export type Tone = NonNullable<VariantProps<typeof badgeStyle>['tone']>

interface Props {
  tone?: Tone
  icon: LucideIcon
  children: ReactNode
}

/** A state: always an icon and a word, so that colour is never the only sign. */
export function Badge({ tone = 'neutral', icon: Icon, children }: Props) {
  return (
    <span className={badgeStyle({ tone })}>
      <Icon aria-hidden />
      {children}
    </span>
  )
}
