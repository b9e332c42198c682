import { type Api, CONTRACT_NOW, newMentorId, ORG } from './harness'

export interface MentorFacts {
  name?: string
  expiry?: string
  /** Dates of activities, those of type `session` counting as sessions. */
  sessions?: string[]
  others?: string[]
  assignments?: [id: string, contact: string, status: string][]
}

/** A mentor made whole directly in the database: no endpoint makes assignments or past activities. Returns its id. */
export async function seedMentor(api: Api, facts: MentorFacts = {}): Promise<string> {
  const id = newMentorId()
  await api.db.query(
    `INSERT INTO activity_type (org_id, id, name_nb, name_en, counts_as_session)
     VALUES ($1, 'session', 's', 's', true), ($1, 'meeting', 'm', 'm', false) ON CONFLICT DO NOTHING`,
    [ORG],
  )
  const { rows } = await api.db.query(
    `INSERT INTO mentor (org_id, mentor_id, full_name, email, search_text, status_updated_at, first_expiry, last_expiry, created_at, updated_at)
     VALUES ($1, $2, $3, $4, '', $5, $6, $6, $5, $5) RETURNING key`,
    [ORG, id, facts.name ?? 'Kari Nordmann', `${id}@frivillig.no`, CONTRACT_NOW, facts.expiry ?? null],
  )
  const { key } = rows[0]
  for (const [type, dates] of [
    ['session', facts.sessions],
    ['meeting', facts.others],
  ] as const) {
    for (const date of dates ?? []) {
      await api.db.query(
        `INSERT INTO activity (org_id, mentor_key, activity_type_id, date, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)`,
        [ORG, key, type, date, CONTRACT_NOW],
      )
    }
  }
  for (const [assignment, contact, status] of facts.assignments ?? []) {
    await api.db.query(
      `INSERT INTO assignment (org_id, id, mentor_key, contact_name, status, opened_at, closed_at)
       VALUES ($1, $2, $3, $4, $5, $6::timestamptz, CASE WHEN $5 = 'closed' THEN $6::timestamptz END)`,
      [ORG, `${assignment}-${id}`, key, contact, status, CONTRACT_NOW],
    )
  }
  return id
}
