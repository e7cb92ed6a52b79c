/**
 * A metric made ready for many resamples of the same rows: it takes how often each row was drawn (`counts[row]`, 0 for
 * a row left out) and gives the metric of that resample. What does not change between resamples (sorting, the loss of
 * each row) is done once, when the metric is made ready, so a resample costs O(n).
 */
export type CountedMetric = (counts: Int32Array) => number

/** The counted form of a metric that is the mean of one number per row. */
export function countedMean(perRow: Float64Array): CountedMetric {
  return (counts) => {
    let sum = 0
    let n = 0
    for (let row = 0; row < perRow.length; row++) {
      sum += counts[row] * perRow[row]
      n += counts[row]
    }
    return sum / n
  }
}
