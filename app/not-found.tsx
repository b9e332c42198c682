import { NotFoundNotice } from '@/components/not-found-notice'
import DashboardLayout from './(dashboard)/layout'

/** Addresses that no page answers to: within the frame, so that there is a way on. */
export default function NotFound() {
  return (
    <DashboardLayout>
      <NotFoundNotice />
    </DashboardLayout>
  )
}
