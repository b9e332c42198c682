'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { VIEWS } from '@/components/use-view'
import type { DuplicateBatch } from '@/domain/duplicate-events/batch-schema'
import { callApi } from '@/lib/api-client'
import { markOf, standingOf } from './batch-state'

/** How often a batch that is under way is read, in milliseconds. */
const LOOK_EVERY = 700
/** From then on one that has not moved may be carried on by hand. */
const STANDS_STILL = 15_000

export type BatchStep = 'run' | 'undo'

/** A batch as it stands: read again and again while something is under way, by whomever. */
export function useBatch(fromServer: DuplicateBatch) {
  const client = useQueryClient()
  const path = `/api/v1/duplicate-events/batches/${fromServer.batch_id}` as const
  const queryKey = ['duplicate-batch', fromServer.batch_id]
  const { data: batch, error } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await callApi<DuplicateBatch>(path, { signal })).body,
    initialData: fromServer,
    // what the page brings is not read a second time, what was kept from an earlier visit is
    staleTime: 2000,
    refetchInterval: ({ state }) => (state.data && standingOf(state.data) ? LOOK_EVERY : false),
  })
  const step = useMutation({
    mutationFn: async (wanted: BatchStep) =>
      (await callApi<DuplicateBatch>(`${path}/${wanted}`, { method: 'POST' })).body,
    async onSuccess(now) {
      // an answer that was asked for before would show the batch as it was
      await client.cancelQueries({ queryKey })
      client.setQueryData(queryKey, now)
    },
    onError: () => client.invalidateQueries({ queryKey }),
  })

  const { state } = batch
  const underWay = standingOf(batch) !== null
  useEffect(() => {
    // queue, counts and receipts show what has been decided
    if (state !== 'planned' && !underWay) void client.invalidateQueries({ queryKey: [VIEWS] })
  }, [client, state, underWay])

  return { batch, readError: error, step, underWay, still: useStandstill(markOf(batch), underWay) }
}

/** Whether something that is under way has not moved for a while. */
function useStandstill(mark: string, underWay: boolean): boolean {
  const [still, setStill] = useState<string | null>(null)
  useEffect(() => {
    if (!underWay) return
    const timer = setTimeout(() => setStill(mark), STANDS_STILL)
    return () => clearTimeout(timer)
  }, [mark, underWay])
  return underWay && still === mark
}
