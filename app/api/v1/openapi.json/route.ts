import { z } from 'zod'
// biome-ignore lint/suspicious/noImportCycles: the table loads its files only when asked, this one among them
import { routes } from '@/generated/routes'
import { read, resource } from '@/lib/http/endpoint'
import { buildDocument } from '@/lib/openapi/document'

const openApiDocument = z.looseObject({ openapi: z.literal('3.1.0') })
let document: Promise<z.output<typeof openApiDocument>> | undefined

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'This API as an OpenAPI 3.1 document',
      response: openApiDocument,
    },
    async () => {
      document ??= buildDocument(routes).then((made) => openApiDocument.parse(made))
      return { body: await document }
    },
  ),
})
