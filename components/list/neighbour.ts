/** The row that takes the focus when `leaving` go: the first after them that stays, else the last before them. */
export function neighbour(ids: readonly string[], leaving: ReadonlySet<string>): string | null {
  const last = ids.findLastIndex((id) => leaving.has(id))
  const stays = (id: string) => !leaving.has(id)
  return ids.slice(last + 1).find(stays) ?? ids.slice(0, Math.max(0, last)).findLast(stays) ?? null
}
