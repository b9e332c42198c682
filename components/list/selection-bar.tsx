'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useRef } from 'react'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { takenOf } from './everything'
import type { ListRead, Selection } from './use-selection'

interface Props {
  selection: Selection
  list: ListRead
  /** What can be done with the chosen rows; shown once there are any. */
  children: ReactNode
}

/** Chooses the page, or everything that matched, and holds the actions; where there is room it stays in sight meanwhile. */
export function SelectionBar({ selection, list, children }: Props) {
  const t = useTranslations('list')
  const { chosen, everything, count, wholePage } = selection
  const some = chosen.size > 0
  const bounded = everything !== null && count < everything.total
  const chosenText = t(bounded ? 'firstChosen' : everything ? 'everythingChosen' : 'chosen', { count })
  const hint = everything && [bounded && t('firstHint', { count }), t('everythingHint')].filter(Boolean).join(' ')
  const page = useRef<HTMLInputElement>(null)

  /** The buttons leave with what they do, and would take the focus along. */
  function choose(act: () => void) {
    page.current?.focus()
    act()
  }

  return (
    <div
      data-some={some || undefined}
      className="lg:data-some:sticky lg:data-some:top-(--topbar) z-15 flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 border-b bg-surface px-4 py-1.5 noscript:hidden print:hidden"
    >
      <Checkbox
        label={t('selectPage')}
        checked={wholePage}
        ref={(box) => {
          page.current = box
          if (box) box.indeterminate = some && !wholePage
        }}
        onChange={(event) => selection.togglePage(event.target.checked)}
      />
      {some && (
        <>
          <span className="tabular font-medium text-sm">{chosenText}</span>
          <span className="flex flex-wrap items-center gap-2">{children}</span>
          <Button size="small" variant="quiet" onClick={() => choose(selection.clear)}>
            {t('clear')}
          </Button>
        </>
      )}
      {wholePage && !everything && list.total > chosen.size && (
        <Button size="small" variant="quiet" onClick={() => choose(() => selection.chooseEverything(list))}>
          {t(takenOf(list.total) < list.total ? 'chooseFirst' : 'chooseEverything', { count: takenOf(list.total) })}
        </Button>
      )}
      {hint && <span className="basis-full text-muted text-xs">{hint}</span>}
      <span role="status" className="sr-only">
        {some && (hint ? `${chosenText} ${hint}` : chosenText)}
      </span>
    </div>
  )
}
