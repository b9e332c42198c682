const TEXT = 'textarea, input:not([type="radio"], [type="checkbox"], [type="hidden"])'

type TextField = HTMLInputElement | HTMLTextAreaElement

/** Knows whether somebody is in the middle of something that a newly drawn page would disturb, until `signal`. */
export function watchTyping(signal: AbortSignal) {
  const found = new WeakMap<Element, string>()
  const typed = new Set<TextField>()

  function enter(target: EventTarget | null) {
    // where React does not hold the value, somebody may have typed already
    if (isText(target) && !found.has(target)) found.set(target, target.defaultValue)
  }

  enter(document.activeElement)
  addEventListener('focusin', ({ target }) => enter(target), { capture: true, signal })
  addEventListener('input', ({ target }) => isText(target) && typed.add(target), { capture: true, signal })
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

function isText(target: EventTarget | null): target is TextField {
  return target instanceof Element && target.matches(TEXT)
}

/** Whether a dialog is open. */
export function isAsking(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
