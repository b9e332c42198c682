/** What a list offers, sorted, with what an address asks for beyond it: the next search must not lose that. */
export function withChosen<Value extends string | number>(
  offered: readonly Value[],
  chosen: Value | undefined,
): readonly Value[] {
  const all = [...new Set([...offered, ...(chosen === undefined ? [] : [chosen])])]
  return all.sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)),
  )
}
