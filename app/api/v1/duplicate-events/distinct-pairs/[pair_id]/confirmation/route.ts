import { confirmPair, unconfirmPair } from '@/domain/duplicate-events/commands/confirm-pair'
import { confirmPairBody, decidedPair, pairParams, unconfirmPairQuery } from '@/domain/duplicate-events/pair-schema'
import { resource, write } from '@/lib/http/endpoint'

const pair = { params: pairParams, notFound: 'pair_not_found', response: decidedPair } as const

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PUT: write(
    {
      ...pair,
      summary: 'Confirm that two activities are two sessions',
      description: 'As they are now: they do not come back before one of them changes again.',
      body: confirmPairBody,
      errors: ['review_moved_on'],
    },
    (tx, call, { params, body }) => confirmPair(tx, call, params.pair_id, body),
  ),
  DELETE: write(
    {
      ...pair,
      summary: 'Take the confirmation of two sessions back',
      description: 'The two come back for review.',
      query: unconfirmPairQuery,
      errors: ['review_moved_on'],
    },
    (tx, call, { params, query }) => unconfirmPair(tx, call, params.pair_id, query),
  ),
})
