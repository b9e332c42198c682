'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useProblemToast } from '@/components/problem'
import { toast } from '@/components/ui/toast'
import { VIEWS } from '@/components/use-view'
import { callApi } from '@/lib/api-client'

/** Takes a failed merge out of the list: it has done nothing, and the draft that it named is left alone. */
export function useRemove() {
  const t = useTranslations('failedEvents')
  const client = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: (id: string) => callApi<unknown>(`/api/v1/duplicate-events/${id}`, { method: 'DELETE' }),
    onSuccess: () => toast.success(t('removed')),
    onError: useProblemToast(),
    onSettled: () => {
      router.refresh()
      return client.invalidateQueries({ queryKey: [VIEWS] })
    },
  })
}
