import { expect, it } from 'vitest'
import golden from '../../../test/golden/boosting-losses/peer.json' with { type: 'json' }
import { categories, numbers } from '../../../test/learning-tables.ts'
import type { Table } from '../table.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import type { Monotone } from './monotone.ts'
import { GradientBoostingMulticlass } from './multiclass/gradient-boosting-multiclass.ts'
import { GradientBoostingRegressor } from './regression/gradient-boosting-regressor.ts'
import type { RegressionLossName } from './regression/losses.ts'

type Case = {
  loss: RegressionLossName | 'logistic' | 'softmax'
  target: keyof typeof golden.targets
  minHessian: number
  monotone?: Monotone
  hasCategory?: boolean
  isWeighted?: boolean
  predictions: number[]
}

const { columns, targets, options } = golden
const nRows = columns.age.length
const weights = Float64Array.from(golden.weights)

function tableOf({ hasCategory }: Case): Table {
  const region = categories('region', columns.region.map(String))
  const names = ['age', 'distance', 'visits'] as const
  return { nRows, columns: [...names.map((name) => numbers(name, columns[name])), ...(hasCategory ? [region] : [])] }
}

/** What Assay foretells for the rows it learned from, at LightGBM's settings. */
async function predictionsOf(one: Case): Promise<Float64Array> {
  const table = tableOf(one)
  const y = targets[one.target]
  const data = { table, ...(one.isWeighted === false ? {} : { weights }) }
  const settings = {
    nTrees: options.nTrees,
    maxLeaves: options.num_leaves,
    learningRate: options.learning_rate,
    minSamplesLeaf: options.min_data_in_leaf,
    minHessian: one.minHessian,
    monotone: one.monotone,
    nThreads: 1,
  }
  if (one.loss === 'logistic') {
    return (await new GradientBoostingClassifier(settings).fit({ ...data, y: Uint8Array.from(y) })).predict(table)
  }
  if (one.loss === 'softmax') {
    const classes = ['approved', 'part', 'denied']
    const multiclass = new GradientBoostingMulticlass(settings)
    return (await multiclass.fit({ ...data, y: Int32Array.from(y), classes })).predict(table)
  }
  const regressor = new GradientBoostingRegressor({ ...settings, loss: one.loss })
  return (await regressor.fit({ ...data, y: Float64Array.from(y) })).predict(table)
}

const cases = golden.cases as Case[]
const named = (wanted: (one: Case) => boolean): [string, Case][] =>
  cases.filter(wanted).map((one) => [`${one.loss}${one.hasCategory ? ' with a category' : ''}`, one])

it.each(named(({ monotone }) => !monotone))(
  'foretells what LightGBM foretells on the loss %s, after 40 trees',
  async (_, one) => {
    const ours = await predictionsOf(one)
    const scale = Math.max(...one.predictions.map(Math.abs))
    expect(ours).toHaveLength(one.predictions.length)
    // Six digits are kept of the peer's: half of the last is up to 5e-6.
    ours.forEach((value, i) => expect(Math.abs(value - one.predictions[i]) / scale).toBeLessThan(6e-6))
  },
)

/** Mean loss by weight, up to what depends on the target alone. */
function lossOf({ loss, target }: Case, predictions: ArrayLike<number>): number {
  let sum = 0
  targets[target].forEach((y, row) => {
    const p = predictions[row]
    const own = { squared: (y - p) ** 2, poisson: p - y * Math.log(p), logistic: -Math.log(y ? p : 1 - p) }
    sum += weights[row] * own[loss as keyof typeof own]
  })
  return sum / weights.reduce((a, b) => a + b)
}

// A leaf that its bounds have moved gains more by a split than LightGBM reckons, which compares with the leaf as it would be
// without bounds; so trees differ, and Assay's fit better.
it.each(named(({ monotone }) => monotone !== undefined))(
  'fits monotone columns not worse than LightGBM on the loss %s',
  async (_, one) => {
    expect(lossOf(one, await predictionsOf(one))).toBeLessThanOrEqual(lossOf(one, one.predictions))
  },
)

it('covers every loss', () => {
  expect(named(({ monotone }) => !monotone)).toHaveLength(8)
  expect(named(({ monotone }) => monotone !== undefined)).toHaveLength(3)
})
