const TEXT = 'textarea, input:not([type="radio"], [type="checkbox"], [type="hidden"])'

type TextField = HTMLInputElement | HTMLTextAreaElement

/** Knows whether somebody is in the middle of something that a newly drawn page would disturb, until `signal`. */
export function watchTyping(signal: AbortSignal) {
  const found = new WeakMap<Element, string>()
  const typed = new Set<TextField>()
  const textOf = ({ target }: Event) =>
    target instanceof Element && target.matches(TEXT) ? (target as TextField) : null

  function onFocus(event: Event) {
    const field = textOf(event)
    if (field && !found.has(field)) found.set(field, field.value)
  }
  function onInput(event: Event) {
    const field = textOf(event)
    if (field) typed.add(field)
  }
  addEventListener('focusin', onFocus, { capture: true, signal })
  addEventListener('input', onInput, { capture: true, signal })
  addEventListener('submit', () => typed.clear(), { capture: true, signal })

  return {
    /** A dialog is open, or a field holds something that has been typed into it. */
    isBusy(): boolean {
      if (isAsking()) return true
      const fields = document.querySelectorAll<TextField>(`#content :is(${TEXT})`)
      return [...fields].some((field) => {
        // what React holds it has written into the default as well
        const isOther = field.value !== field.defaultValue || (typed.has(field) && field.value !== found.get(field))
        return field.value !== '' && isOther
      })
    },
    /** What stood there has been dealt with: another page is shown. */
    forget: () => typed.clear(),
  }
}

/** Whether a dialog is open. */
export function isAsking(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
