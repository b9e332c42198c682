import Link from 'next/link'
import { queryHref } from '@/lib/query-href'

/** A run by its id, opened in its place on the screen. */
export function RunLink({ id }: { id: string }) {
  return (
    <Link
      href={queryHref('/certifications/expiry-job', { run: id })}
      scroll={false}
      className="inline-block min-h-6 text-accent underline underline-offset-4 [overflow-wrap:anywhere]"
    >
      {id}
    </Link>
  )
}
