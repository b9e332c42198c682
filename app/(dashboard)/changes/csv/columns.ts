import { changedFacts, type FactWords } from '@/components/change-facts'
import { actorName, changeDetail, changeTitle, changeType } from '@/components/change-words'
import type { ChangeEntry } from '@/domain/changes/schema'
import { type CsvColumn, csvTime } from '@/lib/csv'
import type { Formatter } from '@/lib/i18n/format'
import type { Words } from '@/lib/i18n/screen-words'

interface Told {
  readonly t: Words
  readonly format: Formatter
  readonly facts: FactWords
  /** IANA. */
  readonly timeZone: string
}

/** What a file says of a change: in words as the screen, and as the API tells it. */
export function changeColumns({ t, format, facts, timeZone }: Told): CsvColumn<ChangeEntry>[] {
  return [
    { header: t('csv.position'), value: (change) => change.position },
    { header: t('changes.when'), value: (change) => csvTime(change.at, timeZone) },
    { header: t('changes.what'), value: (change) => changeTitle(t, change) },
    { header: t('csv.details'), value: (change) => changeDetail(t, format, change) },
    { header: t('changes.show'), value: (change) => factLines(facts, change) },
    { header: t('fields.mentorId'), value: (change) => change.mentor_id },
    { header: t('fields.name'), value: (change) => change.full_name },
    { header: t('changes.person'), value: ({ actor }) => actorName(t, actor) ?? actor },
    { header: t('changes.record'), value: ({ type }) => changeType(t, type) },
    { header: t('csv.recordId'), value: (change) => change.id },
    { header: t('csv.kind'), value: ({ type, action }) => `${type}.${action}` },
    { header: t('csv.actor'), value: (change) => change.actor },
    { header: t('csv.revision'), value: (change) => change.revision },
    { header: t('changes.request'), value: (change) => change.request_id },
  ]
}

function factLines(words: FactWords, { before, after }: ChangeEntry): string {
  return changedFacts(before, after)
    .map((fact) => {
      const [from, to] = [
        words.text(fact.field, fact.before)?.text ?? '–',
        words.text(fact.field, fact.after)?.text ?? '–',
      ]
      const told = fact.before === undefined ? to : after === null ? from : `${from} → ${to}`
      return `${words.label(fact.field).text}: ${told}`
    })
    .join('\n')
}
