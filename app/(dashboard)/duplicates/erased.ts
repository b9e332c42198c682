import type { DuplicateReceipt } from '@/domain/duplicate-events/review-schema'

/** True where the receipt says less than it did, because the mentor whose activity it was has been erased. */
export function isPartlyErased({ content }: Pick<DuplicateReceipt, 'content'>): boolean {
  return content.lines.some(({ erased }) => erased !== undefined)
}
