import { cva, type VariantProps } from 'class-variance-authority'
import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

/** Also for links that look like buttons. 32 px high at the least, so that fingers and unsteady hands hit it. */
export const buttonStyle = cva(
  'inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-box border font-medium text-sm no-underline transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
        secondary: 'border-control bg-surface text-ink hover:bg-subtle',
        quiet: 'border-transparent text-accent hover:bg-accent-soft',
        danger:
          'border-danger bg-surface text-danger hover:border-danger-strong hover:bg-expired-soft hover:text-danger-strong',
      },
      size: { small: 'min-h-8 px-2.5 py-1', medium: 'min-h-9 px-3.5 py-1.5', icon: 'size-8' },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
)

type Props = ComponentProps<'button'> & VariantProps<typeof buttonStyle>

export function Button({ variant, size, className, type = 'button', ...rest }: Props) {
  return <button type={type} className={clsx(buttonStyle({ variant, size }), className)} {...rest} />
}
