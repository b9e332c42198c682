export const ORGANISATION = {
  id: 'org_x9y8z7',
  name: 'Likepersonforbundet Nord og Sør',
  time_zone: 'Europe/Oslo',
  warning_days: 60,
} as const

export const BASIC = 'peer_mentor_basic'
export const ADVANCED = 'peer_mentor_advanced'
export const LEVEL_2 = 'peer_mentor_level_2'

/** The terms of the certification types in years. */
export const TERM_YEARS: Readonly<Record<string, number>> = { [BASIC]: 3, [ADVANCED]: 2, [LEVEL_2]: 1 }

export const ONE_TO_ONE = 'act-type-01'
export const PHONE_CALL = 'act-type-02'
export const GROUP_MEETING = 'act-type-03'
export const PREPARATION = 'act-type-04'
export const OUTING = 'act-type-05'
export const VIDEO_CALL = 'act-type-06'
export const THEME_EVENING = 'act-type-07'
export const PEER_SUPERVISION = 'act-type-08'
export const VISIT = 'act-type-09'
export const STAND = 'act-type-10'

export const ACTIVITY_TYPES = [
  { id: ONE_TO_ONE, name_nb: 'Samtale på tomannshånd', name_en: 'One-to-one conversation', counts_as_session: true },
  { id: PHONE_CALL, name_nb: 'Telefonsamtale', name_en: 'Phone call', counts_as_session: false },
  { id: GROUP_MEETING, name_nb: 'Gruppemøte', name_en: 'Group meeting', counts_as_session: true },
  {
    id: PREPARATION,
    name_nb: 'Forberedelse og etterarbeid',
    name_en: 'Preparation and follow-up',
    counts_as_session: false,
  },
  { id: OUTING, name_nb: 'Tur eller treff', name_en: 'Outing or get-together', counts_as_session: true },
  { id: VIDEO_CALL, name_nb: 'Videosamtale', name_en: 'Video call', counts_as_session: false },
  { id: THEME_EVENING, name_nb: 'Temakveld', name_en: 'Themed evening', counts_as_session: true },
  { id: PEER_SUPERVISION, name_nb: 'Kollegaveiledning', name_en: 'Peer supervision', counts_as_session: false },
  { id: VISIT, name_nb: 'Besøk på sykehus eller hjemme', name_en: 'Hospital or home visit', counts_as_session: true },
  { id: STAND, name_nb: 'Stand og informasjon', name_en: 'Information stand', counts_as_session: false },
] as const

export const RENEWAL_COURSE = 'course-cert-renewal-101'

export const COURSES = [
  { id: RENEWAL_COURSE, name_nb: 'Fornyelse av godkjenning', name_en: 'Certification renewal' },
  { id: 'course-basic-201', name_nb: 'Grunnkurs for likepersoner', name_en: 'Basic course for peer mentors' },
  {
    id: 'course-advanced-301',
    name_nb: 'Videregående kurs for likepersoner',
    name_en: 'Advanced course for peer mentors',
  },
  { id: 'course-group-lead-320', name_nb: 'Å lede samtalegrupper', name_en: 'Leading conversation groups' },
  { id: 'course-relatives-410', name_nb: 'Møte med pårørende', name_en: 'Meeting relatives' },
  { id: 'course-confidentiality-115', name_nb: 'Taushetsplikt og grenser', name_en: 'Confidentiality and boundaries' },
] as const
