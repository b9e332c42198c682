'use client'

import { Ellipsis, type LucideIcon } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button'

interface Item {
  readonly id: string
  readonly label: ReactNode
  readonly icon?: LucideIcon
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly onSelect: () => void
}

/** What else can be done with a row. `label` names the row too: "More actions for Kari Nordmann". */
export function DropdownMenu({ label, items }: { label: string; items: readonly Item[] }) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>
        <Button variant="quiet" size="icon" aria-label={label}>
          <Ellipsis aria-hidden />
        </Button>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-30 min-w-44 rounded-box border bg-surface p-1 text-sm shadow-float"
        >
          {items.map(({ id, label: text, icon: Icon, danger, disabled = false, onSelect }) => (
            <Primitive.Item
              key={id}
              disabled={disabled}
              onSelect={onSelect}
              className={`flex min-h-8 cursor-pointer items-center gap-2 rounded-box px-2 outline-none data-disabled:cursor-default data-highlighted:bg-subtle data-disabled:opacity-55 ${danger ? 'text-danger' : ''}`}
            >
              {Icon && <Icon aria-hidden className="size-4" />}
              {text}
            </Primitive.Item>
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
