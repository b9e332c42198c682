import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comparePairs } from '@/domain/duplicate-events/labelled/compare'
import { countWeights } from '@/domain/duplicate-events/labelled/count-weights'
import { drawCurve, measureAt } from '@/domain/duplicate-events/labelled/measure'
import { readPairs } from '@/domain/duplicate-events/labelled/pairs'
import { levelsOf } from '@/domain/duplicate-events/levels'
import { scorePair } from '@/domain/duplicate-events/scoring'
import { THRESHOLD, WEIGHTS } from '@/domain/duplicate-events/weights'
import { type Api, openApi } from '@/e2e/api/harness'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.close())

async function judge(file: Parameters<typeof readPairs>[0]) {
  const labelled = readPairs(file)
  const pairs = await comparePairs(api.db, labelled)
  return pairs.map((pair, index) => ({
    ...scorePair(pair),
    levels: levelsOf(pair),
    same: labelled[index]?.label === 'same',
  }))
}

describe('the score alone, at its threshold, without the rule that same mentor, type and day is always shown', () => {
  it('finds at least 97 of 100 duplicates, and is right at least 97 times of 100, on pairs held back from setting it', async () => {
    const judged = await judge('held-back')
    expect(judged.length).toBeGreaterThanOrEqual(200)
    for (const label of [true, false]) {
      expect(judged.filter(({ same }) => same === label).length).toBeGreaterThanOrEqual(80)
    }
    const { precision, recall } = measureAt(THRESHOLD, judged)
    console.log(
      `held back (${judged.length} pairs): precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} at ${THRESHOLD}\n${drawCurve(judged)}`,
    )
    expect(precision).toBeGreaterThanOrEqual(0.97)
    expect(recall).toBeGreaterThanOrEqual(0.97)
  })

  it('is as good on the pairs that set it, and has a weight for whatever they show', async () => {
    const judged = await judge('setting')
    const { precision, recall } = measureAt(THRESHOLD, judged)
    console.log(
      `setting (${judged.length} pairs): precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} at ${THRESHOLD}\n${drawCurve(judged)}`,
    )
    expect(judged.length).toBeGreaterThanOrEqual(400)
    expect(precision).toBeGreaterThanOrEqual(0.97)
    expect(recall).toBeGreaterThanOrEqual(0.97)
  })
})

describe('the weights', () => {
  it('are those that the pairs set apart for it have', async () => {
    expect(WEIGHTS).toEqual(countWeights(await judge('setting')))
  })
})
