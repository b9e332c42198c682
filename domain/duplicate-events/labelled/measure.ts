export interface Judged {
  /** 0 to 1 */
  readonly probability: number
  readonly same: boolean
}

export interface Point {
  readonly threshold: number
  /** Of those found, how many are of one session. */
  readonly precision: number
  /** Of those that are of one session, how many are found. */
  readonly recall: number
}

const THRESHOLDS = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99, 0.995, 0.999]

/** Precision and recall of the score alone at one threshold. */
export function measureAt(threshold: number, judged: readonly Judged[]): Point {
  const found = judged.filter(({ probability }) => probability >= threshold)
  const right = found.filter(({ same }) => same).length
  return {
    threshold,
    precision: right / found.length,
    recall: right / judged.filter(({ same }) => same).length,
  }
}

/** The whole curve as lines of text. */
export function drawCurve(judged: readonly Judged[]): string {
  const lines = THRESHOLDS.map((threshold) => {
    const { precision, recall } = measureAt(threshold, judged)
    return `${threshold.toFixed(3)}      ${precision.toFixed(3)}      ${recall.toFixed(3)}`
  })
  return ['threshold  precision  recall', ...lines].join('\n')
}
