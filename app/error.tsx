'use client'

import { CrashNotice, type CrashProps } from '@/components/crash-notice'

/** The frame itself could not be drawn. */
export default function FrameError(props: CrashProps) {
  return (
    <main className="mx-auto max-w-2xl px-4 py-16">
      <CrashNotice {...props} />
    </main>
  )
}
