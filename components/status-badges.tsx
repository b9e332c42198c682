import { Ban, CircleCheck, CirclePause, CircleX, Clock, type LucideIcon, Minus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge, type Tone } from './ui/badge'

type Look = readonly [Tone, LucideIcon]

const MENTOR = { active: ['valid', CircleCheck], paused: ['paused', CirclePause] } as const satisfies Record<
  string,
  Look
>

const CERTIFICATION = {
  valid: ['valid', CircleCheck],
  expiring: ['expiring', Clock],
  expired: ['expired', CircleX],
  revoked: ['neutral', Ban],
  none: ['neutral', Minus],
} as const satisfies Record<string, Look>

const DUPLICATE = {
  checking: ['info', Clock],
  duplicate_found: ['expiring', Clock],
  clear: ['valid', CircleCheck],
  resolved: ['valid', CircleCheck],
  failed: ['expired', CircleX],
} as const satisfies Record<string, Look>

export function MentorBadge({ status }: { status: keyof typeof MENTOR }) {
  const t = useTranslations('status.mentor')
  const [tone, icon] = MENTOR[status]
  return (
    <Badge tone={tone} icon={icon}>
      {t(status)}
    </Badge>
  )
}

/** `expiring` is a valid one within the warning window, `none` stands for no certification at all. */
export function CertificationBadge({ status }: { status: keyof typeof CERTIFICATION }) {
  const t = useTranslations('status.certification')
  const [tone, icon] = CERTIFICATION[status]
  return (
    <Badge tone={tone} icon={icon}>
      {t(status)}
    </Badge>
  )
}

export function DuplicateBadge({ state }: { state: keyof typeof DUPLICATE }) {
  const t = useTranslations('status.duplicate')
  const [tone, icon] = DUPLICATE[state]
  return (
    <Badge tone={tone} icon={icon}>
      {t(state)}
    </Badge>
  )
}
