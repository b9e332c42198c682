'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { SearchResults } from '@/domain/search/schema'
import { callApi } from '@/lib/api-client'
import { queryHref } from '@/lib/query-href'

const PAUSE = 120
const RETRY = 3000
export const SHOWN = 6

/**
 * What the server finds for what is typed, a moment after the last key; an older request is given up. What was found
 * before stays until then (`settled` is false). Where no answer came it asks again by itself.
 */
export function useFound(typed: string) {
  const words = useQuiet(typed.trim().slice(0, 200))
  const query = useQuery({
    queryKey: ['search', words],
    queryFn: async ({ signal }) => {
      const path = queryHref('/api/v1/search', { q: words, limit: SHOWN }) as '/api/v1/search'
      return (await callApi<SearchResults>(path, { signal })).body
    },
    enabled: words !== '',
    staleTime: 10_000,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.status === 'error' ? RETRY : false),
    refetchOnReconnect: true,
  })
  const asked = words !== '' && typed.trim() !== ''
  const settled = typed.trim().slice(0, 200) === words && !query.isPlaceholderData && !query.isPending
  return {
    found: asked ? query.data : undefined,
    error: asked ? query.error : null,
    settled: typed.trim() === '' || settled,
    retry: () => void query.refetch(),
  }
}

/** The value once it has not changed for a moment; at once where it was emptied. */
function useQuiet(value: string): string {
  const [quiet, setQuiet] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), value === '' ? 0 : PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return quiet
}
