'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, type SyntheticEvent, useTransition } from 'react'
import { queryHref } from '@/lib/query-href'
import { useBusyContent } from './ui/busy-content'

interface Props {
  /** The screen's own path. */
  path: string
  label: string
  className?: string
  children: ReactNode
}

/** A form whose fields go into the address: sent by the browser without JavaScript, in place and without empty ones with it. */
export function FilterForm({ path, label, className, children }: Props) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  useBusyContent(pending)

  function submit(event: SyntheticEvent<HTMLFormElement, SubmitEvent>) {
    event.preventDefault()
    const values = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()])
    startTransition(() => router.push(queryHref(path, Object.fromEntries(values)), { scroll: false }))
  }

  return (
    <search aria-label={label} className="print:hidden">
      <form method="get" action={path} onSubmit={submit} className={className}>
        {children}
      </form>
    </search>
  )
}
