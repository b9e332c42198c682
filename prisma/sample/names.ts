import type { Random } from './random'

type Words = readonly string[]

const FIRST: Words =
  `Anne Ingrid Kari Liv Marit Berit Astrid Solveig Randi Åse Bjørg Turid Gerd Eva Inger Hanne Silje Ida Nora Emma Sofie
  Thea Maja Tuva Ingvild Ragnhild Gunnhild Åshild Sigrid Synnøve Torill Wenche Bodil Mette Tone Trine Line Camilla Hilde
  Heidi Øydis Guro Siv Unni Elin Marte Jorunn Lars Ole Per Kjell Jan Arne Bjørn Øyvind Håkon Åge Knut Svein Terje Geir
  Trond Morten Espen Stian Jonas Magnus Henrik Sindre Eirik Torbjørn Asbjørn Sverre Leif Rolf Odd Tor Frode Rune Vidar
  Ørjan Pål Pål-Espen Jan-Erik Ole-Martin Anne-Lise Anne-Grethe Ann-Kristin Liv-Marit Karl-Johan Sivert Vetle Aksel
  Iver Oskar Jakob`.split(/\s+/)

const LAST: Words =
  `Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen Berg Haugen
  Hagen Johannessen Andreassen Jacobsen Dahl Jørgensen Halvorsen Henriksen Lund Sørensen Jakobsen Moen Gundersen Iversen
  Strand Solberg Svendsen Martinsen Eide Knutsen Bakke Kristoffersen Mathisen Lie Amundsen Nygård Rasmussen Lien Solheim
  Berge Moe Nguyen Bakken Fredriksen Holm Lunde Isaksen Hauge Øverland Åsen Ødegård Bråthen Sæther Tjønn Kvåle Myhre
  Aasen Grønli Skjæveland Fjeldstad Rønning Vågen Ulriksen Brekke Nordby Helgesen Tveit Vik Sunde Ellingsen Hovland`.split(
    /\s+/,
  )

const OTHERS: readonly (readonly [Words, Words])[] = [
  [
    ['Elle Márjá', 'Áilu', 'Inga Biret', 'Máret', 'Niillas', 'Ánne', 'Jovnna', 'Risten'],
    ['Gaup', 'Sara', 'Eira', 'Utsi', 'Hætta', 'Bær', 'Somby', 'Oskal'],
  ],
  [
    ['Agnieszka', 'Paweł', 'Małgorzata', 'Łukasz', 'Zofia', 'Krzysztof'],
    ['Wiśniewska', 'Kowalczyk', 'Zieliński', 'Dąbrowska', 'Wójcik', 'Łapińska'],
  ],
  [
    ['Ayaan', 'Abdirahman', 'Hodan', 'Mahad', 'Sagal', 'Fadumo'],
    ['Warsame', 'Abdi Hassan', 'Farah', 'Jama', 'Mohamed Ali', 'Yusuf'],
  ],
  [
    ['Priya', 'Kavitha', 'Arun', 'Sivakumar', 'Nishanthi', 'Thuvaraka'],
    ['Sivanesan', 'Rajaratnam', 'Kandasamy', 'Balasingham', 'Selvaratnam'],
  ],
  [
    ['Amina', 'Usman', 'Samira', 'Imran', 'Reza', 'Leyla', 'Oksana', 'Andrii', 'Linh', 'Selamawit'],
    ['Hussain', 'Khan', 'Ahmadi', 'Yılmaz', 'Shevchenko', 'Kovalenko', 'Trần', 'Tesfay', 'Haddad'],
  ],
]

/** A name as a list of members in Norway has them. */
export function makeName(random: Random): string {
  if (random.chance(0.16)) {
    const [first, last] = random.pick(OTHERS)
    return `${random.pick(first)} ${random.pick(last)}`
  }
  return `${pickNames(random, FIRST, 0.06)} ${pickNames(random, LAST, 0.12)}`
}

function pickNames(random: Random, names: Words, twice: number): string {
  const [name, other] = [random.pick(names), random.pick(names)]
  return random.chance(twice) && name !== other ? `${name} ${other}` : name
}

/** People outside write their names in many ways, but the coordinators' contacts are mostly first and last name. */
export function makeContactName(random: Random): string {
  return random.chance(0.1) ? `${random.pick(FIRST)} (pårørende)` : makeName(random)
}

const HOSTS: Words = ['frivillig.example', 'frivillig.example', 'likeperson.example', 'epost.example']
const TURNED: Readonly<Record<string, string>> = { æ: 'ae', ø: 'o', å: 'a', ł: 'l', đ: 'd', ı: 'i' }

/** An address that reaches nobody: its ending is reserved for examples. */
export function makeEmail(random: Random, fullName: string, taken: Set<string>): string {
  const words = fullName
    .toLowerCase()
    .replace(/[æøåłđı]/g, (letter) => TURNED[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z -]/g, '')
    .split(' ')
  const name = `${words[0]}.${words.at(-1)}`
  const host = random.pick(HOSTS)
  let address = `${name}@${host}`
  for (let number = 2; taken.has(address); number++) address = `${name}${number}@${host}`
  taken.add(address)
  return address
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ids come from several registries, each with a shape of its own; `n` makes them different. */
export function makeMentorId(random: Random, n: number): string {
  const shape = random.fraction()
  if (shape < 0.35) return `mentor-${100 + n}`
  if (shape < 0.6) return `mentor_${scatter(n, 24).toString(16).padStart(6, '0')}`
  if (shape < 0.8) return `peer-${1000 + n}`
  let rest = scatter(n, 30)
  let letters = ''
  for (let i = 0; i < 6; i++) {
    letters = CROCKFORD[rest & 31] + letters
    rest >>>= 5
  }
  return `mntr_03HZ${letters}`
}

// an odd factor is a bijection modulo a power of two: no two numbers meet, and neighbours do not look alike
function scatter(n: number, bits: number): number {
  return (Math.imul(n, 0x2545f491) >>> 0) & (2 ** bits - 1)
}
