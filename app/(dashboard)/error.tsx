'use client'

import { CrashNotice, type CrashProps } from '@/components/crash-notice'

export default function DashboardError(props: CrashProps) {
  return <CrashNotice {...props} />
}
