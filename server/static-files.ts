import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

const FOLDER = '.next/static'
const PREFIX = '/_next/static/'

/** Compresses scripts and styles of a build once, as small as they get: Next does it anew for each request, and less. */
export async function compressStaticFiles(): Promise<void> {
  const files = readdirSync(FOLDER, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(js|css)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file)
      await writeFile(`${file}.br`, await promisify(brotliCompress)(content))
      await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
    }),
  )
}

export function isStaticFile(url: string | undefined): boolean {
  return url?.startsWith(PREFIX) ?? false
}

/** Serves what `compressStaticFiles` has left. Names hold a hash of the content, so browsers keep them for good. */
export function staticFiles(): RequestListener {
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    if (context.res.status !== 200) return
    context.header('cache-control', 'public, max-age=31536000, immutable')
    context.header('x-content-type-options', 'nosniff')
  })
  app.get(
    `${PREFIX}*`,
    serveStatic({
      root: FOLDER,
      precompressed: true,
      rewriteRequestPath: (address) => address.slice(PREFIX.length - 1),
    }),
  )
  return getRequestListener(app.fetch, { overrideGlobalObjects: false })
}
