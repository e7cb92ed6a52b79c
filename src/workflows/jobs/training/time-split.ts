import {
  compareTimeSplit,
  stratifiedHoldOut,
  takeRows,
  timeHoldOut,
  type AlgorithmName,
  type ScoredTest,
  type Split,
  type TimeSplitComparison,
} from '../../../learn/index.ts'
import type { JobContext } from '../job.ts'
import type { SplitSet } from '../learning-set.ts'
import { fit, pick, type FitSettings } from './fit.ts'

/**
 * How much a split at random flatters: the algorithm fitted twice on training rows, tested once on rows drawn at random and once on the
 * newest. Rows without a time are left out.
 * @returns undefined where there is no time, or too few different ones
 */
export async function compareWithTimeSplit(
  settings: FitSettings,
  set: SplitSet,
  { algorithm, context }: { algorithm: AlgorithmName; context: JobContext },
): Promise<TimeSplitComparison | undefined> {
  const { time } = set
  if (!time) return undefined
  const rows = set.train.filter((row) => !Number.isNaN(time[row]))
  const times = Float64Array.from(rows, (row) => time[row])
  if (new Set(times).size < 2) return undefined
  const { testShare, seed } = settings.project.training
  const test = async (split: Split, text: string): Promise<ScoredTest> => {
    const [train, tested] = [split.train, split.test].map((places) => places.map((place) => rows[place]))
    const model = await fit(settings, set, { algorithm, rows: train, context, text })
    return { y: pick(set.y, tested), score: model.predict(takeRows(set.table, tested)) }
  }
  const comparison = compareTimeSplit({
    randomAuc: await test(stratifiedHoldOut(pick(set.y, rows), testShare, seed), 'tested on rows at random'),
    timeAuc: await test(timeHoldOut(times, testShare), 'tested on the newest rows'),
  })
  context.log(comparison.trap ? 'warn' : 'info', comparison.text)
  return comparison
}
