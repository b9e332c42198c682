'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLayoutEffect, useMemo } from 'react'
import { callApi } from '@/lib/api-client'

/** Every view lies under this key, so that a change can ask for all of them anew. */
export const VIEWS = 'views'

/** How `path` of the API is read and held. */
export function viewOf<View>(path: `/api/v1/${string}`) {
  return {
    queryKey: [VIEWS, path],
    queryFn: async ({ signal }: { signal: AbortSignal }) => (await callApi<View>(path, { signal })).body,
  }
}

/**
 * An answer of the API that the server has just drawn: taken over without a request, and read anew when it is invalidated
 * or stale. Of what the page brings and what is held, the later read counts: going back shows no older state, and what
 * was invalidated is read anew unless the page brings it.
 */
export function useView<View extends { readonly as_of: string }>(path: `/api/v1/${string}`, fromServer: View) {
  const client = useQueryClient()
  const view = useMemo(() => viewOf<View>(path), [path])
  const query = useQuery<View>({ ...view, initialData: () => fromServer })
  const { queryKey } = view
  useLayoutEffect(() => {
    const held = client.getQueryData<View>(queryKey)
    // setting what is held already would make it pass for new
    if (laterOf(held, fromServer) !== held) client.setQueryData<View>(queryKey, () => fromServer)
  }, [client, queryKey, fromServer])
  return { ...query, queryKey, data: laterOf(query.data, fromServer) }
}

function laterOf<View extends { readonly as_of: string }>(held: View | undefined, fromServer: View): View {
  return held && held.as_of >= fromServer.as_of ? held : fromServer
}
