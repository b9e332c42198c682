import { randomUUID } from 'node:crypto'
import { AppError } from '@/lib/errors'
import { problemResponse } from './problem'

/** 404 for an address of the API that names nothing, whatever the method. */
export function answerUnknownAddress(request: Request): Response {
  const path = new URL(request.url).pathname
  return problemResponse(new AppError('not_found', `There is nothing at ${path}.`), {
    method: request.method,
    path,
    requestId: randomUUID(),
  })
}
