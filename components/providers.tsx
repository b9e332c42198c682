'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { type ReactNode, useState } from 'react'
import { Clock } from './clock'
import { Toaster } from './ui/toaster'

/** callApi repeats what is worth repeating, so queries and mutations do not do it a second time. */
function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // what the server has just rendered is not fetched again at once
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        retry: false,
        refetchOnWindowFocus: true,
        refetchOnReconnect: 'always',
        networkMode: 'always',
      },
      // offline they would wait in silence: they fail instead, and say so
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [client] = useState(createClient)
  // once a document: a later answer brings the nonce of another policy, which this document would refuse
  useState(() => setNonce(nonce))
  return (
    <QueryClientProvider client={client}>
      <Clock>{children}</Clock>
      <Toaster />
    </QueryClientProvider>
  )
}
