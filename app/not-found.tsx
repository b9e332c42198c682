import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NotFoundNotice } from '@/components/not-found-notice'
import DashboardLayout from './(dashboard)/layout'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notFound')
  return { title: t('title') }
}

/** Addresses that no page answers to: within the frame, so that there is a way on. */
export default function NotFound() {
  return (
    <DashboardLayout>
      <NotFoundNotice />
    </DashboardLayout>
  )
}
