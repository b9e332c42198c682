import { Download } from 'lucide-react'
import type { Route } from 'next'
import { useTranslations } from 'next-intl'
import { buttonStyle } from './ui/button'

/** Saves the whole view for a spreadsheet. A plain link: nothing is fetched before somebody asks for it. */
export function CsvLink({ href }: { href: Route }) {
  const t = useTranslations('csv')
  return (
    <a href={href} className={`${buttonStyle({ variant: 'quiet', size: 'small' })} print:hidden`} title={t('hint')}>
      <Download aria-hidden />
      {t('download')}
    </a>
  )
}
