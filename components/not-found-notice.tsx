import { MapPinOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { LinkButton } from './ui/link-button'

export function NotFoundNotice() {
  const t = useTranslations()
  return (
    <div className="flex flex-col items-center px-4 py-16 text-center">
      <MapPinOff aria-hidden className="mb-4 size-9 text-muted" strokeWidth={1.5} />
      <h1 className="font-semibold text-xl">{t('notFound.title')}</h1>
      <p className="mt-1 mb-5 max-w-md text-muted">{t('notFound.body')}</p>
      <LinkButton href="/">{t('actions.toOverview')}</LinkButton>
    </div>
  )
}
