import type { Shape } from './load'

const json = (body: unknown) => JSON.stringify(body)

/** A first page of certifications, a mentor's snapshot, a status event: the figures that the app is held to. */
export async function makeShapes(url: string): Promise<{ certifications: Shape; snapshot: Shape; event: Shape }> {
  const mentors = await listMentors(url, 10)
  let turn = 0
  const nextMentor = () => mentors[turn++ % mentors.length]
  let moment = Date.now() - 86_400_000
  return {
    certifications: { name: 'certifications', method: 'GET', next: () => ({ path: '/api/v1/certifications' }) },
    snapshot: { name: 'snapshot', method: 'GET', next: () => ({ path: `/api/v1/peer-mentor-bloc/${nextMentor()}` }) },
    event: {
      name: 'status event',
      method: 'POST',
      next: () => ({
        path: '/api/v1/mentor-status-sync/events',
        body: json({
          mentor_id: nextMentor(),
          event_type: turn % 2 ? 'PauseMentorEvent' : 'ResumeMentorEvent',
          client_timestamp: new Date(++moment).toISOString(),
          reason: 'Taking a short break',
        }),
      }),
    },
  }
}

async function listMentors(url: string, pages: number): Promise<string[]> {
  const mentors: string[] = []
  for (let page = 1; page <= pages; page++) {
    const response = await fetch(`${url}/api/v1/peer-mentor-bloc?limit=100&page=${page}`)
    const { data } = (await response.json()) as { data: { mentor_id: string }[] }
    mentors.push(...data.map((mentor) => mentor.mentor_id))
  }
  return mentors
}
