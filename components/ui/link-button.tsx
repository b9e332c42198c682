import type { VariantProps } from 'class-variance-authority'
import { clsx } from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { LinkPending } from './busy-content'
import { buttonStyle } from './button'

type Props = ComponentProps<typeof Link> & VariantProps<typeof buttonStyle>

export function LinkButton({ variant, size, className, children, ...rest }: Props) {
  return (
    <Link className={clsx(buttonStyle({ variant, size }), className)} {...rest}>
      <LinkPending />
      {children}
    </Link>
  )
}
