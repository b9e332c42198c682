import { pageAsOf } from '@/lib/page-call'
import { DrawnMark } from './drawn-mark'

interface Props {
  /** The types of changes that the page shows; without it all of them. */
  types?: readonly string[]
  /** The mentor whom all of it is about. */
  mentorId?: string
}

/** Within a page that the server alone draws: it is drawn anew when something changes that it shows. */
export async function LivePage({ types, mentorId }: Props) {
  return <DrawnMark asOf={await pageAsOf()} types={types} mentorId={mentorId} />
}
