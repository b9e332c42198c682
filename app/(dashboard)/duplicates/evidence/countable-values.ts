import type { CountableSettings } from '@/domain/activities/countable-schema'

/** As it stands in the fields. */
export interface TypedSettings {
  readonly participants: string
  readonly minutes: string
  readonly once_a_day: boolean
}

export const STANDARD: CountableSettings = { participants: 3, minutes: 45, once_a_day: true }

export function typedOf({ participants, minutes, once_a_day }: CountableSettings): TypedSettings {
  return { participants: String(participants), minutes: String(minutes), once_a_day }
}

export function isSame(typed: TypedSettings, settings: CountableSettings): boolean {
  const { participants, minutes, once_a_day } = typedOf(settings)
  return typed.participants === participants && typed.minutes === minutes && typed.once_a_day === once_a_day
}

/** What is sent. An empty field is no number, and is not taken for 0: the server refuses it. */
export function valuesOf({ participants, minutes, once_a_day }: TypedSettings) {
  return { participants: numberOf(participants), minutes: numberOf(minutes), once_a_day }
}

function numberOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text)
}
