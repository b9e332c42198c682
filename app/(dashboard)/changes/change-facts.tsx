import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { changedFacts, type FactText, factWords } from '@/components/change-facts'
import { changeTitle, changeType } from '@/components/change-words'
import type { ChangeEntry } from '@/domain/changes/schema'
import type { TypeNames } from '../duplicates/type-names'

/** From what to what, field by field, and which record it was: a plain disclosure, which opens without JavaScript. */
export function ChangeFacts({ change, typeNames }: { change: ChangeEntry; typeNames: TypeNames }) {
  const t = useTranslations()
  const words = factWords(t, useFormatter(), typeNames)
  const facts = changedFacts(change.before, change.after)
  return (
    <details className="mt-0.5 font-normal text-sm">
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-accent text-xs underline-offset-4 hover:underline">
        {t('changes.show')}
        <span className="sr-only">: {changeTitle(t, change)}</span>
      </summary>
      <div className="mt-1 mb-2 rounded-box border bg-surface">
        {facts.length === 0 ? (
          <p className="px-3 py-2 text-muted">{t('changes.nothing')}</p>
        ) : (
          <dl className="divide-y">
            {facts.map((fact) => (
              <Line key={fact.field} name={<Shown {...words.label(fact.field)} />}>
                {fact.before === undefined || change.after === null ? (
                  <Value text={words.text(fact.field, fact.before ?? fact.after)} />
                ) : (
                  <>
                    <span className="sr-only">{t('changes.before')}: </span>
                    <span className="text-muted">
                      <Value text={words.text(fact.field, fact.before)} />
                    </span>
                    <span aria-hidden className="text-muted">
                      {' → '}
                    </span>
                    <span className="sr-only">. {t('changes.after')}: </span>
                    <Value text={words.text(fact.field, fact.after)} />
                  </>
                )}
              </Line>
            ))}
          </dl>
        )}
        <dl className="divide-y border-t bg-subtle/60">
          <Line name={t('changes.record')}>
            {changeType(t, change.type)} <Record change={change} />
          </Line>
          {change.request_id && (
            <Line name={t('changes.request')}>
              <span className="font-mono text-xs">{change.request_id}</span>
            </Line>
          )}
        </dl>
      </div>
    </details>
  )
}

function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 px-3 py-1 sm:grid-cols-[minmax(0,11rem)_minmax(0,1fr)]">
      <dt className="text-muted [overflow-wrap:anywhere]">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  )
}

function Shown({ text, raw }: FactText) {
  return raw ? <span className="font-mono text-xs">{text}</span> : text
}

function Value({ text }: { text: FactText | null }) {
  const t = useTranslations('changes')
  return text === null ? <span className="text-muted italic">{t('empty')}</span> : <Shown {...text} />
}

/** The record's id, with a way to it where it has a page. */
function Record({ change }: { change: ChangeEntry }) {
  const href = pageOf(change)
  const id = <span className="font-mono text-xs">{change.id}</span>
  if (href === null) return id
  return (
    <Link href={href as Route} className="inline-block min-h-6 text-accent underline-offset-4 hover:underline">
      {id}
    </Link>
  )
}

function pageOf({ type, id, mentor_id, action }: ChangeEntry): string | null {
  if (type === 'duplicate_event') return action === 'cancelled' ? null : `/duplicates/${id}`
  if (type === 'job_run') return `/certifications/expiry-job?run=${id}`
  if (type === 'mentor' || type === 'certification') return mentor_id === null ? null : `/mentors/${mentor_id}`
  return null
}
