// A Chromium without a download: CHROMIUM_PATH, Playwright's own, the one that an npm package carries (the same on every
// machine, and without the windows that a whole browser draws even where nobody sees them), or the system's.
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

export interface Browser {
  executablePath: string
  args: string[]
  env: Record<string, string>
}

const system = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Finds a browser; the packaged one is for Linux on x64. Throws with what to do. */
export async function findChromium(): Promise<Browser> {
  const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const own = process.env.CHROMIUM_PATH
  if (own && !isExecutable(own)) throw new Error(`CHROMIUM_PATH names no program: ${own}`)
  const plain = (executablePath: string) => ({ executablePath, args, env: {} })
  const chosen = [own, chromium.executablePath()].find(isExecutable)
  if (chosen) return plain(chosen)
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium(args)
  const found = system.find(isExecutable)
  if (found) return plain(found)
  throw new Error('No Chromium was found. Run `npx playwright install chromium`, or set CHROMIUM_PATH to one.')
}

async function unpackChromium(args: string[]): Promise<Browser> {
  const folder = path.resolve('node_modules/.cache/chromium')
  mkdirSync(folder, { recursive: true })
  const temporary = process.env.TMPDIR
  // the package unpacks into the temporary folder, which other users share; and brings its libraries only on this variable
  process.env.TMPDIR = folder
  process.env.AWS_LAMBDA_JS_RUNTIME ??= '20.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  const executablePath = await packaged.executablePath()
  if (temporary === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = temporary
  return {
    executablePath,
    args: [...args, '--no-sandbox', '--no-zygote', '--headless=shell'],
    env: { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: writeFontConfig(folder) },
  }
}

/** The package's own file names folders that are not here; without any font this Chromium ends at the first text. */
function writeFontConfig(folder: string): string {
  const escaped = folder.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const file = path.join(folder, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${escaped}/fonts</dir><cachedir>${escaped}/fonts-cache</cachedir></fontconfig>
`,
  )
  return file
}

function isExecutable(file: string | undefined): file is string {
  try {
    accessSync(file ?? '', constants.X_OK)
    return true
  } catch {
    return false
  }
}
