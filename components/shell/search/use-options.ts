'use client'

import { BadgeCheck, BookOpen, CopyCheck, History, type LucideIcon, RefreshCw, UserRound, Users } from 'lucide-react'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useCertificationTypeName } from '@/components/certification-type'
import type { FoundCertification, FoundSyncEvent, SearchResults } from '@/domain/search/schema'
import { formatDate, formatMoment } from '@/lib/i18n/format'
import { queryHref } from '@/lib/query-href'
import { type Destination, type Preference, useDestinations } from './destinations'
import { matchEntries } from './match-entries'
import type { Opened } from './recently-opened'

export interface Option {
  /** Of the element as well. */
  readonly id: string
  readonly icon: LucideIcon
  readonly title: string
  readonly detail: string
  readonly href?: string
  /** The address is a file, no page. */
  readonly file?: boolean
  readonly preference?: Preference
  /** Where the title is not in the reader's language. */
  readonly lang?: string
  /** What to remember when it is opened. */
  readonly opened?: Opened
}

export interface OptionGroup {
  readonly name: 'recent' | 'screens' | 'actions' | Opened['group']
  readonly label: string
  readonly options: readonly Option[]
}

const ICONS: Record<Opened['group'], LucideIcon> = {
  mentors: UserRound,
  certifications: BadgeCheck,
  sync_events: RefreshCw,
  bloc_events: BookOpen,
  duplicates: CopyCheck,
}

/** What can be chosen: while nothing is typed what was opened last and all screens and actions, otherwise what matches. */
export function useOptions(typed: string, found: SearchResults | undefined, opened: readonly Opened[]): OptionGroup[] {
  const t = useTranslations('search')
  const { screens, actions } = useDestinations(useLocale() === 'nb' ? 'en' : 'nb')
  const lines = useLines()
  const foundGroups = useMemo(() => (found ? lines(found) : []), [found, lines])
  const nothing = typed.trim() === ''
  const pick = (destinations: Destination[]) => (nothing ? destinations : matchEntries(destinations, typed).slice(0, 4))
  const groups: OptionGroup[] = [
    {
      name: 'recent',
      label: t('groups.recent'),
      options: nothing ? opened.map((one) => toOption(one, History)) : [],
    },
    { name: 'screens', label: t('groups.screens'), options: pick(screens).map(fromDestination) },
    { name: 'actions', label: t('groups.actions'), options: pick(actions).map(fromDestination) },
    ...(nothing ? [] : foundGroups),
  ]
  const words = typed.trim()
  const everyone: Option[] =
    // the list takes its words as they stand
    found?.mentors.more && !nothing && !/\s/.test(words)
      ? [
          {
            id: 'all-mentors',
            icon: Users,
            title: t('allMentors'),
            detail: '',
            href: queryHref('/mentors', { q: words }),
          },
        ]
      : []
  return groups
    .map((group) => (group.name === 'mentors' ? { ...group, options: [...group.options, ...everyone] } : group))
    .filter(({ options }) => options.length > 0)
}

function fromDestination({ label, synonyms: _, ...rest }: Destination): Option {
  return { ...rest, title: label, detail: '' }
}

function toOption(opened: Opened, icon = ICONS[opened.group]): Option {
  const { group, id, title, detail, href } = opened
  return { id: `${group}-${id}`, icon, title, detail, href, opened }
}

/** What was found as lines: who it is about, then what it is. */
function useLines(): (found: SearchResults) => OptionGroup[] {
  const t = useTranslations()
  const format = useFormatter()
  const typeName = useCertificationTypeName()
  return useMemo(() => {
    const line = (group: Opened['group'], id: string, title: string, details: (string | null)[], href: string) =>
      toOption({ group, id, title, detail: details.filter(Boolean).join(' · '), href })
    const toMentor = (id: string) => `/mentors/${encodeURIComponent(id)}`
    const expiry = ({ status, expires_at }: FoundCertification) => {
      const date = formatDate(format, expires_at)
      if (status === 'revoked') return t('status.certification.revoked').toLowerCase()
      return status === 'expired' ? t('search.expired', { date }) : t('search.expires', { date })
    }
    const standing = ({ acknowledged, accepted }: FoundSyncEvent) =>
      acknowledged ? t('search.acknowledged') : accepted ? t('search.waiting') : t('search.notAccepted')
    const labelled = (name: Opened['group'], more: boolean, options: Option[]): OptionGroup => {
      const group = t(`search.groups.${name}`)
      return { name, label: more ? t('search.first', { group, count: options.length }) : group, options }
    }
    return ({ mentors, certifications, sync_events, bloc_events, duplicates }) => [
      labelled(
        'mentors',
        mentors.more,
        mentors.data.map((one) =>
          line(
            'mentors',
            one.mentor_id,
            one.full_name,
            [one.mentor_id, one.email, t(`status.mentor.${one.status}`).toLowerCase()],
            toMentor(one.mentor_id),
          ),
        ),
      ),
      labelled(
        'certifications',
        certifications.more,
        certifications.data.map((one) =>
          line(
            'certifications',
            one.certification_id,
            one.mentor_name,
            [typeName(one.certification_type), expiry(one), one.certification_id],
            toMentor(one.mentor_id),
          ),
        ),
      ),
      labelled(
        'sync_events',
        sync_events.more,
        sync_events.data.map((one) =>
          line(
            'sync_events',
            one.sync_event_id,
            one.mentor_name,
            [
              t('search.event', {
                event: t(`events.${one.event_type}`),
                time: formatMoment(format, one.server_timestamp),
              }),
              standing(one),
              one.words,
              one.sync_event_id,
            ],
            // the inbox holds what was reported, not what the server tells the app
            one.origin === 'app' ? `/sync-events?event=${one.sync_event_id}` : toMentor(one.mentor_id),
          ),
        ),
      ),
      labelled(
        'bloc_events',
        bloc_events.more,
        bloc_events.data.map((one) =>
          line(
            'bloc_events',
            one.id,
            one.mentor_name,
            [
              t('search.event', { event: t(`events.${one.event_type}`), time: formatMoment(format, one.fired_at) }),
              one.id,
            ],
            toMentor(one.mentor_id),
          ),
        ),
      ),
      labelled(
        'duplicates',
        duplicates.more,
        duplicates.data.map((one) =>
          line(
            'duplicates',
            one.id,
            one.mentor_name,
            [
              one.title ?? t(`events.${one.event_type}`),
              formatDate(format, one.date),
              t(`status.duplicate.${one.state}`).toLowerCase(),
              one.id,
            ],
            `/duplicates/${one.id}`,
          ),
        ),
      ),
    ]
  }, [t, format, typeName])
}
