// Writes routes.generated.ts: one table of the API's route files, for our own server and for the OpenAPI document.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const root = new URL('..', import.meta.url)
const places = ['app/api', 'app/healthz', 'app/readyz', 'app/metrics']

const files = readdirSync(new URL('app', root), { recursive: true, encoding: 'utf8' })
  .map((file) => `app/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('/route.ts') && places.some((place) => file.startsWith(`${place}/`)))

const routes = files
  .map((file) => ({
    file,
    path: file
      .replace(/^app|\/route\.ts$/g, '')
      .replace(/\/\(\w+\)/g, '')
      .replace(/\[\.\.\.\w+\]/g, '*')
      .replace(/\[(\w+)\]/g, ':$1'),
  }))
  // fixed segments win over parameters, and the catch-all comes last
  // by code units: a locale would put punctuation first
  .sort((a, b) => (rank(a.path) < rank(b.path) ? -1 : 1))

function rank(path: string): string {
  return path.replaceAll('/:', '/~:').replaceAll('/*', '/~~')
}

const text = `// Written by scripts/generate-routes.ts
export const routes = [
${routes.map(({ path, file }) => `  { path: '${path}', file: '${file}', load: () => import('@/${file.slice(0, -3)}') as Promise<Record<string, unknown>> },`).join('\n')}
]
`
const target = new URL('routes.generated.ts', root)
let before = ''
try {
  before = readFileSync(target, 'utf8')
} catch {
  // first run
}
if (before !== text) writeFileSync(target, text)
