import { rankRows } from '../ranking.ts'
import { wilsonBounds } from '../wilson-bounds.ts'

/** Normal quantile of 0.975: intervals cover 95 %. */
const Z_95 = 1.959963984540054

/** One point of a reliability diagram; `lower` and `upper` bound the observed rate. */
export type ReliabilityBin = { meanScore: number; observedRate: number; n: number; lower: number; upper: number }

/**
 * Probability said against what happened, in bins of about equally many rows, ascending; rows of one score stay together,
 * so with many ties there are fewer bins. Each observed rate has Wilson's 95 % interval.
 *
 * Unlike bins of equal width (`calibrationBins`), none is empty, and each says as much as the others where scores are
 * crowded, which those of rare events are.
 * @param nBins at least 1
 * @returns at most `nBins` bins, none for no rows
 * O(n log n) time.
 */
export function reliabilityBins(y: Uint8Array, score: Float64Array, nBins: number): ReliabilityBin[] {
  const { rows, labels, endsTie } = rankRows(y, score)
  const bins: ReliabilityBin[] = []
  let begin = 0
  let sumScore = 0
  let nPositives = 0
  for (let k = 0; k < rows.length; k++) {
    sumScore += score[rows[k]]
    nPositives += labels[k]
    const n = k + 1 - begin
    const wanted = (rows.length - begin) / (nBins - bins.length)
    const isFull = n >= Math.round(wanted) && bins.length < nBins - 1
    if (endsTie[k] === 0 || !(isFull || k + 1 === rows.length)) continue
    const [lower, upper] = wilsonBounds(nPositives, n, Z_95)
    bins.push({ meanScore: sumScore / n, observedRate: nPositives / n, n, lower, upper })
    begin = k + 1
    sumScore = 0
    nPositives = 0
  }
  return bins
}
