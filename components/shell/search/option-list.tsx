import type { Route } from 'next'
import Link from 'next/link'
import { type MouseEvent, memo } from 'react'
import type { Option, OptionGroup } from './use-options'

interface Props {
  id: string
  label: string
  groups: readonly OptionGroup[]
  active: string | null
  busy: boolean
  onPoint: (id: string) => void
  onChoose: (option: Option, event: MouseEvent) => void
}

/** The listbox of a combobox: the focus stays in the field, which names the active option. */
export const OptionList = memo(function OptionList({ id, label, groups, active, busy, onPoint, onChoose }: Props) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      aria-busy={busy}
      className="min-h-0 scroll-py-8 overflow-y-auto overscroll-contain px-2 pb-2"
    >
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox may hold groups, but no fieldset
        <div key={group.name} role="group" aria-labelledby={`${id}-${group.name}`}>
          <p
            id={`${id}-${group.name}`}
            role="presentation"
            className="sticky top-0 bg-surface px-2 pt-3 pb-1 font-medium text-muted text-xs"
          >
            {group.label}
          </p>
          {group.options.map((option) => (
            <OptionLine
              key={option.id}
              option={option}
              active={option.id === active}
              onPoint={onPoint}
              onChoose={onChoose}
            />
          ))}
        </div>
      ))}
    </div>
  )
})

interface LineProps {
  option: Option
  active: boolean
  onPoint: (id: string) => void
  onChoose: (option: Option, event: MouseEvent) => void
}

const LINE =
  'flex min-h-10 w-full items-center gap-3 rounded-box px-2 py-1.5 text-left text-sm aria-selected:bg-accent-soft aria-selected:text-accent'

/** A link where it leads somewhere, so that it can be opened in a new tab or copied as any other. */
const OptionLine = memo(function OptionLine({ option, active, onPoint, onChoose }: LineProps) {
  const { id, icon: Icon, title, detail, href, file, lang } = option
  const shared = {
    id,
    role: 'option',
    'aria-selected': active,
    tabIndex: -1,
    className: LINE,
    onPointerMove: () => onPoint(id),
    // the focus stays in the field
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onClick: (event: MouseEvent) => onChoose(option, event),
  } as const
  const content = (
    <>
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0">
        <span lang={lang} className="block truncate font-medium">
          {title}
        </span>
        {detail && <span className="block truncate text-muted text-xs">{detail}</span>}
      </span>
    </>
  )
  if (href === undefined) {
    return (
      <button type="button" {...shared}>
        {content}
      </button>
    )
  }
  return file ? (
    <a href={href} {...shared}>
      {content}
    </a>
  ) : (
    <Link href={href as Route} prefetch={false} {...shared}>
      {content}
    </Link>
  )
})
