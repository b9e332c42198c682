'use client'

import { Pencil, Trash2, Undo2 } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type SyntheticEvent, useState } from 'react'
import { findView, renameView, type SavedView, viewName, withoutView } from '@/lib/saved-views'
import type { ChangeViews } from './saved-views-store'
import { Button } from './ui/button'
import { Input } from './ui/field'

interface Props {
  views: readonly SavedView[]
  path: string
  /** The query of what is shown now. */
  current: string
  change: ChangeViews
  onLeave: () => void
}

interface Deleted {
  readonly view: SavedView
  readonly place: number
}

/** One line a view. A deleted one leaves its line, with Undo, until the list is closed. */
export function SavedViewList({ views, path, current, change, onLeave }: Props) {
  const t = useTranslations('savedViews')
  const [renaming, setRenaming] = useState<string | null>(null)
  const [deleted, setDeleted] = useState<Deleted | null>(null)
  const [unkept, setUnkept] = useState(false)

  /** Says so where the browser does not keep it. */
  function keep(apply: Parameters<ChangeViews>[0]): boolean {
    const kept = change(apply)
    setUnkept(!kept)
    return kept
  }

  function remove(view: SavedView) {
    setRenaming(null)
    if (keep((held) => withoutView(held, view.name))) setDeleted({ view, place: views.indexOf(view) })
  }

  function undo({ view, place }: Deleted) {
    const kept = keep((held) => held.toSpliced(place, 0, { ...view, name: freeName(held, view.name) }))
    if (kept) setDeleted(null)
  }

  if (views.length === 0 && !deleted) return <p className="text-muted text-sm">{t('none')}</p>
  const lines = views.map((view) =>
    renaming === view.name ? (
      <RenameLine
        key={view.name}
        views={views}
        view={view}
        onRename={(to) => keep((held) => renameView(held, view.name, to)) && setRenaming(null)}
        onCancel={() => setRenaming(null)}
      />
    ) : (
      <li key={view.name} className="flex items-center gap-1 py-1">
        <Link
          href={(view.query ? `${path}?${view.query}` : path) as Route}
          aria-current={view.query === current ? 'true' : undefined}
          onClick={onLeave}
          className="min-h-8 min-w-0 grow content-center text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline aria-[current=true]:font-semibold"
        >
          {view.name}
        </Link>
        <Button
          variant="quiet"
          size="icon"
          aria-label={t('renameOf', { name: view.name })}
          onClick={() => setRenaming(view.name)}
        >
          <Pencil aria-hidden />
        </Button>
        <Button
          variant="quiet"
          size="icon"
          aria-label={t('deleteOf', { name: view.name })}
          onClick={() => remove(view)}
        >
          <Trash2 aria-hidden />
        </Button>
      </li>
    ),
  )
  const gone = deleted && (
    <li key=" deleted" className="flex flex-wrap items-center justify-between gap-2 py-1 text-muted text-sm">
      <span role="status">{t('deleted', { name: deleted.view.name })}</span>
      <Button size="small" autoFocus onClick={() => undo(deleted)}>
        <Undo2 aria-hidden />
        {t('undo')}
      </Button>
    </li>
  )
  return (
    <>
      {unkept && (
        <p role="alert" className="mb-2 rounded-box bg-expired-soft px-3 py-2 text-sm">
          {t('problem.storage')}
        </p>
      )}
      <ul className="divide-y">{gone ? lines.toSpliced(deleted.place, 0, gone) : lines}</ul>
    </>
  )
}

/** The name, or where it was taken meanwhile, the name with the first number that is free. */
function freeName(views: readonly SavedView[], name: string): string {
  let free = name
  for (let n = 2; findView(views, free); n++) free = `${name.slice(0, 54)} (${n})`
  return free
}

interface RenameProps {
  views: readonly SavedView[]
  view: SavedView
  onRename: (to: string) => void
  onCancel: () => void
}

function RenameLine({ views, view, onRename, onCancel }: RenameProps) {
  const t = useTranslations('savedViews')
  const [name, setName] = useState(view.name)
  const [error, setError] = useState<string | null>(null)
  const [asked, setAsked] = useState('')

  function submit(event: SyntheticEvent<HTMLFormElement, SubmitEvent>) {
    event.preventDefault()
    const wanted = viewName(name)
    if (wanted === '') return setError(t('problem.name'))
    const other = findView(views, wanted)
    if (other && other !== view && asked !== wanted) {
      setAsked(wanted)
      return setError(t('taken', { name: other.name }))
    }
    onRename(wanted)
  }

  return (
    <li className="py-2">
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <div className="min-w-40 grow">
          <Input
            label={t('newName', { name: view.name })}
            error={error}
            value={name}
            maxLength={60}
            autoComplete="off"
            autoFocus
            onFocus={(event) => event.target.select()}
            onChange={(event) => {
              setName(event.target.value)
              setError(null)
            }}
          />
        </div>
        <Button type="submit" size="small">
          {t(asked !== '' && asked === viewName(name) ? 'replace' : 'rename')}
        </Button>
        <Button size="small" variant="quiet" onClick={onCancel}>
          {t('keepName')}
        </Button>
      </form>
    </li>
  )
}
