import 'server-only'
import { buildDocument, type OpenApiDocument } from '@/lib/openapi/document'
// biome-ignore lint/suspicious/noImportCycles: the table loads its files only when asked, this folder's among them
import { routes } from '@/routes.generated'

let document: Promise<OpenApiDocument> | undefined

/** The document, made once in a process. */
export function openApiDocument(): Promise<OpenApiDocument> {
  document ??= buildDocument(routes)
  return document
}
