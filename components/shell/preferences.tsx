import { Monitor, Moon, Sun } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { LOCALES, WRITTEN_AS } from '@/lib/i18n/locales'
import type { Theme } from '@/lib/theme'
import { PreferenceForm } from './preference-form'

const LANGUAGES = { nb: { short: 'NO', name: 'Norsk bokmål' }, en: { short: 'EN', name: 'English' } } as const
const THEMES = [
  { theme: 'system', icon: Monitor, label: 'themeSystem' },
  { theme: 'light', icon: Sun, label: 'themeLight' },
  { theme: 'dark', icon: Moon, label: 'themeDark' },
] as const

/** Language and theme: one small form each. */
export function Preferences({ theme: chosen }: { theme: Theme }) {
  const t = useTranslations('shell')
  const locale = useLocale()
  return (
    <div className="flex flex-wrap gap-3">
      <PreferenceForm label={t('language')}>
        {LOCALES.map((language) => (
          <Choice
            key={language}
            name="locale"
            value={language}
            label={LANGUAGES[language].name}
            lang={language}
            pressed={WRITTEN_AS[language] === locale}
          >
            {LANGUAGES[language].short}
          </Choice>
        ))}
      </PreferenceForm>
      <PreferenceForm label={t('theme')}>
        {THEMES.map(({ theme, icon: Icon, label }) => (
          <Choice key={theme} name="theme" value={theme} label={t(label)} pressed={theme === chosen}>
            <Icon className="size-4" />
          </Choice>
        ))}
      </PreferenceForm>
    </div>
  )
}

interface ChoiceProps {
  name: string
  value: string
  label: string
  lang?: string
  pressed: boolean
  children: ReactNode
}

function Choice({ name, value, label, lang, pressed, children }: ChoiceProps) {
  return (
    <button
      type="submit"
      name={name}
      value={value}
      lang={lang}
      title={label}
      aria-pressed={pressed}
      className="inline-flex h-7 min-w-8 items-center justify-center rounded-box px-1.5 font-medium text-muted text-xs hover:text-ink aria-pressed:bg-surface aria-pressed:text-accent aria-pressed:outline-1 aria-pressed:outline-control"
    >
      <span aria-hidden>{children}</span>
      <span className="sr-only">{label}</span>
    </button>
  )
}
