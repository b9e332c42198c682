import {
  GROUP_MEETING,
  ONE_TO_ONE,
  OUTING,
  PEER_SUPERVISION,
  PHONE_CALL,
  PREPARATION,
  STAND,
  THEME_EVENING,
  VIDEO_CALL,
  VISIT,
} from './catalogue'

export const PAUSE_REASONS = [
  'Trenger en pause, mye på jobb i høst.',
  'Sykdom i familien. Melder meg når det roer seg.',
  'Skal opereres og er borte i seks uker',
  'Flytter til Bergen, vet ikke helt når jeg er på plass.',
  'Eksamen',
  'Foreldrepermisjon fram til påske 🙂',
  'sliten',
  'Har fått ny jobb og må finne ut av tiden først. Beklager kort varsel!',
  'Reiser bort til midten av neste måned.',
  'Ønsker ikke nye henvendelser nå, men fullfører de to jeg har.',
  'Taking a break until after my surgery.',
  'Vondt i ryggen igjen, klarer ikke å sitte så lenge',
  'Har mistet en nær venn og trenger litt tid.',
  null,
  null,
] as const

export const RESUME_REASONS = [
  'Klar igjen!',
  'Tilbake fra ferie.',
  'Er frisk og vil gjerne begynne med én samtale i uka.',
  'Ferdig med eksamen, kan ta nye henvendelser.',
  'Back again, happy to take new contacts.',
  'Kan begynne på nytt fra mandag',
  null,
  null,
] as const

export const COORDINATOR_REASONS = [
  'Ringte inn, telefonen er på reparasjon.',
  'Avtalt på møtet i lokallaget.',
  'Meldt av pårørende, bekreftet på telefon.',
] as const

export const NOTES = [
  'Snakket med henne på telefon. Tar kontakt igjen om en måned.',
  'Avtalt at kontaktene overtas av lokallaget inntil videre.',
  'Korrigert: permisjon ut året.',
  'Sendte blomster. Ikke mas.',
  'Har fått tilbud om veiledning.',
  'Ringt to ganger uten svar, prøver e-post.',
] as const

interface Kind {
  readonly titles: readonly string[]
  readonly places: readonly string[]
  /** Each title has its place, the one at the same position. */
  readonly paired?: true
  /** In minutes. */
  readonly durations: readonly number[]
  readonly hours: readonly number[]
  /** Fewest and most participants; null where nobody counts them. */
  readonly participants: readonly [number, number] | null
}

/** How mentors write down what they do, by type. */
export const KINDS: Readonly<Record<string, Kind>> = {
  [ONE_TO_ONE]: {
    titles: ['Samtale', 'Samtale på kafé', 'Gåtur og prat', 'Første samtale', 'Oppfølgingssamtale', 'One-to-one talk'],
    places: ['Kafé Løkka', 'Frivilligsentralen', 'Biblioteket', 'Lokallagets kontor', 'Rundt Sognsvann', 'Møterom 2'],
    durations: [45, 60, 60, 75, 90],
    hours: [10, 11, 12, 13, 16, 17, 18],
    participants: [1, 1],
  },
  [PHONE_CALL]: {
    titles: ['Telefonsamtale', 'Ringte for å høre hvordan det går', 'Likepersontelefonen', 'Phone call'],
    places: ['Telefon'],
    durations: [15, 20, 25, 30, 45],
    hours: [9, 12, 17, 19, 20],
    participants: null,
  },
  [GROUP_MEETING]: {
    titles: [
      'Samtalegruppe',
      'Kafétreff',
      'Tirsdagsgruppa',
      'Selvhjelpsgruppe',
      'Pårørendegruppe',
      'Peer support group',
      'Gruppe for nydiagnostiserte',
    ],
    places: [
      'Frivilligsentralen',
      'Menighetshuset',
      'Rom 4B',
      'Bydelshuset',
      'Lærings- og mestringssenteret',
      'Community Hall',
    ],
    durations: [90, 90, 120, 120, 60],
    hours: [11, 17, 18, 18, 19],
    participants: [3, 14],
  },
  [PREPARATION]: {
    titles: ['Forberedelse', 'Planlegging av gruppemøte', 'Rapport og etterarbeid', 'Handlet inn til treffet'],
    places: ['Hjemme', 'Lokallagets kontor'],
    durations: [30, 45, 60],
    hours: [9, 14, 20],
    participants: null,
  },
  [OUTING]: {
    titles: [
      'Tur i marka',
      'Søndagstur',
      'Bowling',
      'Sommeravslutning',
      'Grillkveld',
      'Svømming',
      'Gåtur i nærmiljøet',
    ],
    places: ['Bymarka', 'Lysløypa', 'Bowlinghallen', 'Strandpromenaden', 'Badeplassen', 'Pirbadet', 'Bydelshuset'],
    paired: true,
    durations: [120, 150, 180, 240],
    hours: [10, 11, 12, 17],
    participants: [4, 22],
  },
  [VIDEO_CALL]: {
    titles: ['Videosamtale', 'Prat på Teams', 'Digitalt treff', 'Video call'],
    places: ['Teams', 'Whereby'],
    durations: [30, 45, 60],
    hours: [10, 16, 18, 20],
    participants: null,
  },
  [THEME_EVENING]: {
    titles: [
      'Temakveld om søvn',
      'Temakveld: rettigheter og NAV',
      'Foredrag om å leve med smerter',
      'Åpent hus',
      'Kurskveld for pårørende',
    ],
    places: ['Biblioteket', 'Kulturhuset', 'Menighetshuset', 'Rådhuset, møterom 1'],
    durations: [120, 150],
    hours: [18, 19],
    participants: [8, 45],
  },
  [PEER_SUPERVISION]: {
    titles: ['Kollegaveiledning', 'Likepersonmøte', 'Veiledning med koordinator', 'Erfaringsutveksling'],
    places: ['Lokallagets kontor', 'Teams', 'Frivilligsentralen'],
    durations: [60, 90],
    hours: [16, 17, 18],
    participants: null,
  },
  [VISIT]: {
    titles: [
      'Besøk på Ullevål',
      'Sykehusbesøk',
      'Besøk på St. Olavs',
      'Hjemmebesøk',
      'Besøk på Sunnaas',
      'Hospital visit',
    ],
    places: ['Ullevål sykehus', 'Haukeland', 'St. Olavs hospital', 'Hjemme', 'Sunnaas', 'UNN Tromsø'],
    paired: true,
    durations: [45, 60, 75],
    hours: [11, 13, 14, 16],
    participants: [1, 2],
  },
  [STAND]: {
    titles: [
      'Stand på kjøpesenteret',
      'Stand på verdensdagen',
      'Informasjon på videregående skole',
      'Frivillighetens dag',
    ],
    places: ['Amfi', 'City Syd', 'Torget', 'Storsenteret'],
    durations: [120, 180, 240],
    hours: [10, 11],
    participants: null,
  },
}

export const ACTIVITY_NOTES = [
  'Fin stemning, to nye.',
  'Vil gjerne ha ny samtale om to uker.',
  'Få møtte opp på grunn av været.',
  'Delte ut brosjyrer om rettigheter.',
  'Måtte avslutte litt før.',
] as const
