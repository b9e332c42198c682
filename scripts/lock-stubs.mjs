/**
 * `npm install` leaves the packages of other platforms out of the lock file where the registry in use does not carry them,
 * and `npm ci` then refuses the file. This adds an entry for each of them; with `--check` it only tells that some are missing.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = 'package-lock.json'
const SYSTEMS = {
  aix: 'aix',
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  linuxmusl: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win32: 'win32',
  windows: 'win32',
}
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const { packages } = lock
const missing = findMissing()
if (process.argv.includes('--check')) {
  if (missing.length > 0) {
    const names = missing.map(([at]) => at.replace('node_modules/', '')).join(', ')
    console.error(
      `${FILE} lacks packages of other platforms, so "npm ci" would refuse it: ${names}. Run "npm run lock".`,
    )
    process.exitCode = 1
  }
} else if (missing.length > 0) {
  const entries = Object.entries({ ...packages, ...Object.fromEntries(missing) })
  lock.packages = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`Added ${missing.length} packages of other platforms to ${FILE}.`)
}

function findMissing() {
  const found = new Map()
  for (const [from, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isThere(from, name)) continue
      const platform = platformOf(name)
      if (!platform) continue
      const version = range.replace(/^[\^~]/, '')
      found.set(`node_modules/${name}`, { version, ...(entry.dev ? { dev: true } : {}), optional: true, ...platform })
    }
  }
  return [...found]
}

// Where Node looks: beside the package and in each node_modules above it.
function isThere(from, name) {
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at}/node_modules/${name}`]) return true
  }
  return packages[`node_modules/${name}`] !== undefined
}

function platformOf(name) {
  const parts = (name.split('/').at(-1) ?? '').split(/[-.]/)
  const system = parts.map((part) => SYSTEMS[part]).find(Boolean)
  const processor = parts.find((part) => PROCESSORS.includes(part))
  if (!system && !processor) return undefined
  return {
    ...(system ? { os: [system] } : {}),
    ...(processor ? { cpu: [processor] } : {}),
    ...(name.includes('musl') ? { libc: ['musl'] } : {}),
  }
}
