'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode, SyntheticEvent } from 'react'

/**
 * Posts a choice that a cookie keeps. Without JavaScript the browser sends the form and comes back to the same page;
 * with it the page is drawn anew in place, so that focus and scroll stay.
 */
export function PreferenceForm({ label, children }: { label: string; children: ReactNode }) {
  const router = useRouter()

  async function submit(event: SyntheticEvent<HTMLFormElement, SubmitEvent>) {
    event.preventDefault()
    const form = event.currentTarget
    const choice = new FormData(form, event.nativeEvent.submitter)
    try {
      await fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams([...choice].map(([name, value]) => [name, String(value)])),
        redirect: 'manual',
      })
      router.refresh()
    } catch {
      // offline: the browser says so better than we could
      form.submit()
    }
  }

  return (
    <form
      method="post"
      action="/preferences"
      aria-label={label}
      onSubmit={submit}
      className="flex rounded-box border bg-canvas p-0.5"
    >
      {children}
    </form>
  )
}
