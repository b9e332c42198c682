import type { ComponentProps, ReactNode } from 'react'

interface Props extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode
  hideLabel?: boolean
}

/** The browser's own check box in our colour, with room for a finger around it. */
export function Checkbox({ label, hideLabel = false, ...rest }: Props) {
  return (
    <label className="inline-flex min-h-6 min-w-6 items-center gap-2 text-sm">
      <input type="checkbox" className="size-4 shrink-0 accent-accent" {...rest} />
      <span className={hideLabel ? 'sr-only' : undefined}>{label}</span>
    </label>
  )
}
