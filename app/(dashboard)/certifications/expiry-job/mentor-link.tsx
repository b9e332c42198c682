import type { Route } from 'next'
import Link from 'next/link'

export function MentorLink({ id, name }: { id: string; name: string }) {
  return (
    <Link
      href={`/mentors/${id}` as Route}
      className="inline-block min-h-6 text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
    >
      {name}
    </Link>
  )
}
