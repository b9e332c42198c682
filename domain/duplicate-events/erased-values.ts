import { isBlank, type Receipt, type ReceiptLine } from './merge-plan'

/** The sides of a receipt's line that a mentor erased since had filled. */
export type ErasedSide = 'activity' | 'merged'

/** What a decision did, without the values of the activity that the draft went into; its lines name what they lack. */
export function withoutActivity(
  receipt: Receipt,
): Receipt & { readonly lines: readonly (ReceiptLine & { readonly erased?: ErasedSide[] })[] } {
  return { ...receipt, lines: receipt.lines.map(withoutSide) }
}

function withoutSide(line: ReceiptLine): ReceiptLine & { readonly erased?: ErasedSide[] } {
  const { activity, merged, ...rest } = line
  if (isBlank(activity)) return line
  // what was replaced is the draft's by now
  if (line.outcome === 'replaced') return { ...rest, merged, erased: ['activity'] }
  return { ...rest, erased: ['activity', 'merged'] }
}
