import { createHash } from 'node:crypto'

/** A strong entity tag of two parts: the version moves with writes only, the hash covers the whole answer. */
export function entityTag(version: number | string | undefined, body: string): string {
  const hash = createHash('sha1').update(body).digest('base64url').slice(0, 22)
  return version === undefined ? `"${hash}"` : `"${version}.${hash}"`
}

/** `If-None-Match` (RFC 9110, 13.1.2) by the whole tag, weak comparison. */
export function noneMatch(header: string | null, tag: string): boolean {
  if (header === null) return true
  return !(header.trim() === '*' || tagsOf(header).includes(tag.slice(1, -1)))
}

/** The versions that `If-Match` names; null without the header. `*` allows any. */
export function matchVersions(header: string | null): readonly string[] | null {
  if (header === null) return null
  if (header.trim() === '*') return ['*']
  return tagsOf(header).map((tag) => tag.split('.')[0] ?? '')
}

function tagsOf(header: string): string[] {
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map((match) => match[1] ?? '')
}
