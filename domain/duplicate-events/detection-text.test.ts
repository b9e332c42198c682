import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from '@/e2e/api/harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

async function wordsOf(...texts: string[]): Promise<(string | null)[]> {
  const { rows } = await api.db.query(
    'SELECT activity_text(text) AS words FROM unnest($1::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place',
    [texts],
  )
  return rows.map(({ words }) => words)
}

describe('the words of a title or place', () => {
  it.each([
    ['case and punctuation', 'Samtalegruppe: SORG!', 'samtalegruppe – sorg'],
    ['æ, ø and å, and what stands for them', 'Gåtur på Østensjø', 'Gaatur paa Oestensjoe', 'gatur pa Ostensjo'],
    ['æ as ae', 'Pårørendetreff på Nærøya', 'Paarørendetreff paa Naeroeya'],
    [
      'times of day',
      'Sorggruppe',
      'Sorggruppe kl. 18',
      'Sorggruppe kl 18:00',
      'Sorggruppe 18:00',
      'Sorggruppe kl. 18-20',
    ],
    ['lengths and head counts', 'Gåtur med Kari', 'Gåtur med Kari, 45 min', 'Gåtur m/Kari 6 pers'],
    ['abbreviations', 'Telefonsamtale med Kari', 'Tlf.samtale m/ Kari', 'tlf samtale m/Kari'],
    ['compounds, together or apart', 'Gruppesamtale om sorg', 'gruppe samtale om sorg', 'Gruppe-samtale om sorg'],
    ['forms of a word', 'Turgruppe', 'Turgruppa', 'Turgruppen'],
    ['Nynorsk', 'Sykehusbesøk hjemme', 'Sjukehusbesøk heime'],
    ['English', 'Telefonsamtale med Kari', 'Phone call with Kari'],
    ['English outings', 'Gåtur rundt Sognsvann', 'Walk around Sognsvann'],
    ['English themes', 'Gruppe for pårørende', 'Group for relatives'],
  ])('are the same whatever the %s', async (_, ...texts) => {
    const words = await wordsOf(...texts)
    expect(words[0]).toEqual(expect.any(String))
    expect(words).toEqual(texts.map(() => words[0]))
  })

  it.each([
    ['Samtale 1', 'Samtale 2'],
    ['Kurs dag 1', 'Kurs dag 2'],
    ['Rom 4B', 'Rom 4C'],
    ['Sorggruppe', 'Strikkegruppe'],
    ['Tirsdagsgruppa', 'Torsdagsgruppa'],
    ['Natur', 'Kultur'],
  ])('tell %s from %s', async (one, other) => {
    const [a, b] = await wordsOf(one, other)
    expect(a).not.toBe(b)
  })

  it('are in capitals where half of all sessions go by them, and in small letters where not', async () => {
    expect(await wordsOf('Telefonsamtale', 'Gåtur', 'Tlf.samtale m/ Kari kl. 18', 'Kulturkveld')).toEqual([
      'TELEFON SAMTALE',
      'TUR',
      'TELEFON SAMTALE kari',
      'kultur KVELD',
    ])
  })

  it('are none where nothing is said', async () => {
    expect(await wordsOf('', ' – ', '🙂', 'kl. 18', 'og')).toEqual([null, null, null, null, null])
  })

  it('are kept beside an activity and beside a draft, and follow its title', async () => {
    const { rows: made } = await api.db.query(
      `WITH m AS (INSERT INTO mentor (org_id, mentor_id, full_name, search_text, status_updated_at, created_at, updated_at)
         SELECT id, 'words', 'Words', '', now(), now(), now() FROM organisation RETURNING org_id, key)
       INSERT INTO activity (org_id, mentor_key, activity_type_id, date, title, location, created_at, updated_at)
       SELECT org_id, key, 'walk', '2026-03-01', 'Gåtur', 'Sognsvann', now(), now() FROM m RETURNING key, title_words, place_words`,
    )
    expect(made[0]).toMatchObject({ title_words: 'TUR', place_words: 'sognsvann' })
    const { rows: changed } = await api.db.query(
      `UPDATE activity SET title = 'Samtale', location = NULL WHERE key = $1 RETURNING title_words, place_words`,
      [made[0].key],
    )
    expect(changed).toEqual([{ title_words: 'SAMTALE', place_words: null }])
  })
})
