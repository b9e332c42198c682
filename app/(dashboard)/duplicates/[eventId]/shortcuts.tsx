'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { shortcutsAreOn } from '@/components/list/use-shortcuts'

interface RegionProps {
  label: string
  /** What is drawn: when it changes and takes the focus along, the heading has it, as it has when the region appears. */
  shown: string
  children: ReactNode
}

/** Carries out the single-key shortcuts of the buttons and links in it (`aria-keyshortcuts`) while it has the focus. */
export function ShortcutRegion({ label, shown, children }: RegionProps) {
  const region = useRef<HTMLElement>(null)
  const drawn = useRef<string>(null)

  useEffect(() => {
    const first = drawn.current === null
    drawn.current = shown
    // whoever types or tabs meanwhile stays where they are
    if (first || document.activeElement === document.body) focusHeading(region.current)
  }, [shown])

  useEffect(() => {
    const element = region.current
    if (!element) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return
      if (isTyping(event.target) || !/^[a-z?]$/.test(event.key) || !shortcutsAreOn()) return
      const target = element.querySelector<HTMLElement>(`[aria-keyshortcuts="${event.key}"]:not(:disabled)`)
      if (!target) return
      event.preventDefault()
      target.click()
    }
    element.addEventListener('keydown', press)
    return () => element.removeEventListener('keydown', press)
  }, [])

  return (
    <section ref={region} aria-label={label} tabIndex={-1} className="outline-none [&_h1]:outline-none">
      {children}
    </section>
  )
}

function focusHeading(region: HTMLElement | null): void {
  const heading = region?.querySelector('h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])') || target.isContentEditable
}

/** The key beside the words of a button; screen readers hear of it through `aria-keyshortcuts`. */
export function KeyHint({ children }: { children: string }) {
  return (
    <kbd
      aria-hidden
      className="hidden rounded-xs border border-current px-1 font-mono text-2xs leading-4 opacity-80 lg:inline"
    >
      {children}
    </kbd>
  )
}
