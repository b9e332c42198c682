import { isLocale } from '@/lib/i18n/locales'
import { THEMES } from '@/lib/theme'

const YEAR = 365 * 24 * 60 * 60
const LONGEST = 200

/** Keeps the visitor's choice of language or theme in a cookie and leads back to where the form stood. */
export async function POST(request: Request): Promise<Response> {
  const answer = new Response(null, {
    status: 303,
    headers: { location: addressBefore(request), 'cache-control': 'no-store' },
  })
  if (Number(request.headers.get('content-length')) > LONGEST) return answer
  const form = new URLSearchParams(await request.text())
  const locale = form.get('locale')
  const theme = form.get('theme')
  if (isLocale(locale)) answer.headers.append('set-cookie', cookie('locale', locale))
  if (THEMES.some((known) => known === theme)) answer.headers.append('set-cookie', cookie('theme', String(theme)))
  return answer
}

function cookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax; HttpOnly`
}

/** Path and query of the page the form stood on: never another site, nor `//host`, which a browser takes for one. */
function addressBefore(request: Request): string {
  const referer = request.headers.get('referer')
  if (!referer || !URL.canParse(referer)) return '/'
  const { pathname, search } = new URL(referer)
  return `/${pathname.replace(/^\/+/, '')}${search}`
}
