import type { Measurements, Series } from '../../pipelines/index.ts'
import type { MetricPoint } from '../../tracking/index.ts'

/**
 * What steps measured as metrics of a tracked run, x as their step: `gradient_boosting/training_logLoss_by_trees/fold_1`.
 * MLflow counts steps in whole numbers, so a point between them is left out.
 */
export function trackedMeasurements(measured: Measurements[]): MetricPoint[] {
  return measured.flatMap(({ at, series, points }) => {
    const key = keyOf(series)
    const timestamp = Date.parse(at)
    return points.filter(([x]) => Number.isInteger(x)).map(([step, value]) => ({ key, value, step, timestamp }))
  })
}

function keyOf({ subject, metric, over, on, fold }: Series): string {
  const name = `${subject}/${on}_${metric}_by_${over}`
  return fold === undefined ? name : `${name}/fold_${fold}`
}
