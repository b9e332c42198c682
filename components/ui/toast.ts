import type { ReactNode } from 'react'
import type { ExternalToast, toast as Toast } from 'sonner'

type Kind = 'success' | 'info' | 'warning' | 'error'

export const TOAST_WANTED = 'toast-wanted'

let arrive: (toast: typeof Toast) => void
const arrived = new Promise<typeof Toast>((resolve) => {
  arrive = resolve
})

/** The toaster is there, and takes what has been said meanwhile. */
export function toasterArrived(toast: typeof Toast): void {
  arrive(toast)
}

function show(kind: Kind) {
  return (title: ReactNode, options?: ExternalToast) => {
    dispatchEvent(new Event(TOAST_WANTED))
    void arrived.then((toast) => toast[kind](title, options))
  }
}

/** What sonner does, which is not loaded before a person does something. */
export const toast = { success: show('success'), info: show('info'), warning: show('warning'), error: show('error') }
