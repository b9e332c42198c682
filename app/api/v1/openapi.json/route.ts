import { z } from 'zod'
import { read, resource } from '@/lib/http/endpoint'
// biome-ignore lint/suspicious/noImportCycles: the document is made of the routes, this one among them, when it is asked for
import { openApiDocument } from './document'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'This API as an OpenAPI 3.1 document',
      response: z.looseObject({ openapi: z.literal('3.1.0') }),
    },
    async () => ({ body: { ...(await openApiDocument()), openapi: '3.1.0' as const } }),
  ),
})
