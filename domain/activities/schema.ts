/** What an activity says of itself, apart from whose it is. Blank is null; `extra` holds keys this server does not know. */
export interface ActivityFields {
  readonly activity_type_id: string
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly title: string | null
  readonly duration_minutes: number | null
  readonly location: string | null
  /** `HH:MM`, local time of the session */
  readonly starts_at: string | null
  readonly participant_count: number | null
  readonly notes: string | null
  readonly extra: Readonly<Record<string, unknown>>
}
