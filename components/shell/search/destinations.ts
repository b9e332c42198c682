'use client'

import {
  ArrowRight,
  CircleX,
  Download,
  Files,
  Languages,
  type LucideIcon,
  Monitor,
  Moon,
  Play,
  ReceiptText,
  Sun,
  Target,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { MAIN_SCREENS, MORE_SCREENS } from '../screens'
import type { Entry } from './match-entries'

/** A choice that a cookie keeps. */
export interface Preference {
  readonly name: 'locale' | 'theme'
  readonly value: string
}

export interface Destination extends Entry {
  readonly icon: LucideIcon
  readonly href?: string
  /** The address is a file, no page. */
  readonly file?: boolean
  readonly preference?: Preference
  /** Where the label is not in the reader's language. */
  readonly lang?: string
}

const SCREENS = [
  ...MAIN_SCREENS,
  { name: 'expiryJob', path: '/certifications/expiry-job', icon: Play },
  { name: 'duplicatesChanged', path: '/duplicates/changed', icon: Files },
  { name: 'duplicatesFailed', path: '/duplicates/failed', icon: CircleX },
  { name: 'duplicatesDecided', path: '/duplicates/decided', icon: ReceiptText },
  { name: 'duplicatesEvidence', path: '/duplicates/evidence', icon: Target },
  ...MORE_SCREENS,
] as const

const ACTIONS = [
  { name: 'previewJob', icon: Play, href: '/certifications/expiry-job' },
  { name: 'expiring30', icon: ArrowRight, href: '/certifications?window=30' },
  { name: 'expired', icon: ArrowRight, href: '/certifications?window=expired' },
  { name: 'paused', icon: ArrowRight, href: '/mentors?status=paused' },
  { name: 'notAccepted', icon: ArrowRight, href: '/sync-events?tab=not_accepted' },
  { name: 'certainDuplicates', icon: ArrowRight, href: '/duplicates?certain=true' },
  { name: 'exportMentors', icon: Download, href: '/mentors/csv', file: true },
  { name: 'exportExpiring', icon: Download, href: '/certifications/csv?window=30', file: true },
  { name: 'themeLight', icon: Sun, preference: { name: 'theme', value: 'light' } },
  { name: 'themeDark', icon: Moon, preference: { name: 'theme', value: 'dark' } },
  { name: 'themeSystem', icon: Monitor, preference: { name: 'theme', value: 'system' } },
] as const

/** Screens that the rail does not name. */
const INNER = ['expiryJob', 'duplicatesChanged', 'duplicatesFailed', 'duplicatesDecided', 'duplicatesEvidence'] as const

function isInner(name: string): name is (typeof INNER)[number] {
  return INNER.some((inner) => inner === name)
}

/** Where one can go and what one can do from anywhere, in the reader's words. */
export function useDestinations(otherLanguage: string): { screens: Destination[]; actions: Destination[] } {
  const t = useTranslations()
  return {
    screens: SCREENS.map(({ name, path, icon }) => ({
      id: `screen-${name}`,
      label: isInner(name) ? t(`pages.${name}.title`) : t(`nav.${name}`),
      synonyms: t(`search.synonyms.${name}`),
      icon,
      href: path,
    })),
    actions: [
      ...ACTIONS.map(({ name, ...rest }) => ({
        id: `action-${name}`,
        label: t(`search.actions.${name}`),
        synonyms: t(`search.actionSynonyms.${name}`),
        ...rest,
      })),
      {
        id: 'action-language',
        label: t('search.actions.language'),
        synonyms: t('search.actionSynonyms.language'),
        icon: Languages,
        lang: otherLanguage,
        preference: { name: 'locale', value: otherLanguage },
      },
    ],
  }
}
