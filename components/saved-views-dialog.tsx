'use client'

import { useTranslations } from 'next-intl'
import { type SyntheticEvent, useId, useState } from 'react'
import { findView, viewName, viewQuery, withView } from '@/lib/saved-views'
import { SavedViewList } from './saved-view-list'
import { useSavedViews, type ViewsScreen } from './saved-views-store'
import { Button } from './ui/button'
import { Dialog } from './ui/dialog'
import { Input } from './ui/field'

interface Props {
  screen: ViewsScreen
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The saved views of a screen: open, rename, delete, and save what is shown now. */
export function SavedViewsDialog({ screen, open, onOpenChange }: Props) {
  const t = useTranslations('savedViews')
  const { views, unreadable, change } = useSavedViews(screen)
  const [name, setName] = useState('')
  const [asked, setAsked] = useState('')
  const [problem, setProblem] = useState<'name' | 'storage' | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const formId = useId()
  const taken = asked !== '' && asked === viewName(name) ? findView(views, asked) : undefined

  function save(event: SyntheticEvent<HTMLFormElement, SubmitEvent>) {
    event.preventDefault()
    const wanted = viewName(name)
    setSaved(null)
    if (wanted === '') return setProblem('name')
    // a name that exists is replaced only once somebody has been asked
    if (findView(views, wanted) && asked !== wanted) {
      setProblem(null)
      return setAsked(wanted)
    }
    const kept = change((held) => withView(held, { name: wanted, query: viewQuery(location.search) }))
    setProblem(kept ? null : 'storage')
    if (!kept) return
    setName('')
    setAsked('')
    setSaved(wanted)
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('description')}
      actions={
        <Button type="submit" form={formId} variant="primary">
          {t(taken ? 'replace' : 'save')}
        </Button>
      }
    >
      {unreadable && <p className="mb-3 rounded-box bg-expiring-soft px-3 py-2 text-sm">{t('unreadable')}</p>}
      <SavedViewList
        views={views}
        path={`/${screen}`}
        current={viewQuery(location.search)}
        change={change}
        onLeave={() => onOpenChange(false)}
      />
      <form id={formId} onSubmit={save} className="mt-4 border-t pt-4">
        <Input
          label={t('name')}
          hint={t('hint')}
          error={problem ? t(`problem.${problem}`) : undefined}
          value={name}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => {
            setName(event.target.value)
            setProblem(null)
            setSaved(null)
          }}
        />
        <p role="status" className="mt-2 text-sm empty:hidden">
          {taken ? t('taken', { name: taken.name }) : saved && t('saved', { name: saved })}
        </p>
      </form>
    </Dialog>
  )
}
