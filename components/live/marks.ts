const PARTS = 'tbody tr, li, dd'
const SHOWN_FOR = 2000

/** Watches what a newly read state changes on the screen, and marks it for two seconds. */
export function watchChanges(told: (count: number) => void) {
  const timers = new Map<Element, ReturnType<typeof setTimeout>>()
  let after: (() => void) | null = null
  const observer = new MutationObserver((records) => {
    if (!after) return
    mark(records)
    after()
  })
  const content = document.getElementById('content')
  // a time passes by itself, unless it is another one
  const what = { subtree: true, childList: true, characterData: true, attributeFilter: ['datetime'] }
  if (content) observer.observe(content, what)

  function mark(records: readonly MutationRecord[]) {
    const parts = partsOf(records)
    for (const part of parts) {
      clearTimeout(timers.get(part))
      part.setAttribute('data-changed', '')
      timers.set(
        part,
        setTimeout(() => part.removeAttribute('data-changed'), SHOWN_FOR),
      )
    }
    if (parts.size > 0) told(parts.size)
  }

  return {
    /** What is about to be drawn; `then` runs after each part of it, before it is seen. */
    expect(then: () => void) {
      after = then
      setTimeout(() => {
        if (after === then) after = null
      }, 50)
    },
    /** What has been drawn in this very moment. */
    take: () => mark(observer.takeRecords()),
    stop: () => observer.disconnect(),
  }
}

function partsOf(records: readonly MutationRecord[]): Set<Element> {
  const moved = new Set(records.flatMap(({ removedNodes }) => [...removedNodes]))
  const parts = records.flatMap(({ type, target, addedNodes }) => {
    if (type === 'characterData' && target.parentElement?.closest('time')) return []
    const added = [...addedNodes].filter((node) => !moved.has(node))
    if (type === 'childList' && added.length === 0) return []
    const whole = added.filter((node) => node instanceof Element).flatMap(wholeParts)
    if (whole.length > 0) return whole
    const element = target instanceof Element ? target : target.parentElement
    return element?.closest(PARTS) ?? []
  })
  return new Set(parts.filter((part) => part.isConnected))
}

/** A part that is new, or the rows of a list that was empty. */
function wholeParts(added: Element): readonly Element[] {
  return added.matches(PARTS) ? [added] : [...added.querySelectorAll('[data-row]')]
}
