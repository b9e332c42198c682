import { planCertifications, shuffleCards } from './certification-plans'
import type { Night } from './job-runs'
import { makeEmail, makeMentorId, makeName } from './names'
import type { MentorPlan, Step } from './plan'
import { Random } from './random'
import { pause, planReports, shuffleReportCards } from './report-plans'
import { DAY, HOUR, MINUTE } from './time'

/** Plans `count` mentors whose keys begin with `firstKey`; ids and addresses in `taken` are left to others. */
export function planMentors(
  setting: { readonly now: number; readonly nights: ReadonlyMap<number, Night> },
  firstKey: number,
  count: number,
  taken: Set<string>,
): MentorPlan[] {
  const random = new Random(1)
  const cards = shuffleCards(random)
  const reportCards = shuffleReportCards(random)
  return Array.from({ length: count }, (_, index) => {
    const card = cards[index % cards.length] ?? 'valid'
    // the two decks turn at different speeds, so that every combination comes up
    const reportCard =
      reportCards[(index + Math.floor(index / reportCards.length) * 7) % reportCards.length] ?? 'nothing'
    const mentor_id = pickId(random, index, taken)
    const steps: Step[] = planCertifications({ random, ...setting }, card)
    if (card === 'paused for two causes') steps.push(pause(random, setting.now - random.integer(30 * MINUTE, 40 * DAY)))
    else steps.push(...planReports(random, setting.now, reportCard))
    // of those that a phone's event registered, nobody has told the name yet
    const incomplete = card === 'none' && steps.length > 0
    const full_name = makeName(random)
    const email = makeEmail(random, full_name, taken)
    return {
      key: firstKey + index,
      mentor_id,
      full_name: incomplete ? mentor_id : full_name,
      email: incomplete || random.chance(0.03) ? null : email,
      incomplete,
      created_at: pickCreation(random, setting.now, steps, incomplete),
      last_heard_at:
        random.chance(0.1) || incomplete
          ? null
          : setting.now - Math.floor(random.fraction() ** 3 * 90 * DAY + 5 * MINUTE),
      steps,
    }
  })
}

function pickId(random: Random, index: number, taken: Set<string>): string {
  let id = makeMentorId(random, index)
  while (taken.has(id)) id = makeMentorId(random, index)
  taken.add(id)
  return id
}

function pickCreation(random: Random, now: number, steps: readonly Step[], incomplete: boolean): number {
  const first = Math.min(...steps.map(({ at }) => at), now - random.integer(2, 60) * DAY)
  return incomplete && steps.length
    ? Math.min(...steps.map(({ at }) => at))
    : first - random.integer(2 * HOUR, 20 * DAY)
}
