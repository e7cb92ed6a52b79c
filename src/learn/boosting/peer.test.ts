import { expect, it } from 'vitest'
import golden from '../../../test/golden/boosting/peer.json' with { type: 'json' }
import { categories, numbers } from '../../../test/learning-tables.ts'
import { logLoss, rocAucScore } from '../metrics/index.ts'
import { takeRows, type Table } from '../table.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'

type Draw = (typeof golden.draws)[number]

function tableOf({ columns, y }: Draw): Table {
  return {
    nRows: y.length,
    columns: [
      numbers('amount', columns.amount),
      numbers('age', columns.age),
      numbers('visits', columns.visits),
      categories('region', columns.region.map(String)),
      categories('provider', columns.provider.map(String)),
    ],
  }
}

const boosting = new GradientBoostingClassifier({
  nTrees: golden.options.nTrees,
  maxLeaves: golden.options.num_leaves,
  learningRate: golden.options.learning_rate,
  minSamplesLeaf: golden.options.min_data_in_leaf,
  nThreads: 1,
})

async function foldScores(draw: Draw, fold: number): Promise<{ auc: number; logLoss: number }> {
  const table = tableOf(draw)
  const rowsWhere = (inTest: boolean): Int32Array =>
    Int32Array.from([...draw.folds.keys()].filter((row) => (draw.folds[row] === fold) === inTest))
  const labels = (rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => draw.y[row])
  const [train, test] = [rowsWhere(false), rowsWhere(true)]
  const weights = Float64Array.from(train, (row) => draw.weights[row])
  const fitted = await boosting.fit({ table: takeRows(table, train), y: labels(train), weights })
  const scores = fitted.predict(takeRows(table, test))
  return { auc: rocAucScore(labels(test), scores), logLoss: logLoss(labels(test), scores) }
}

it('is not worse than LightGBM: over 10 draws and 5 folds the means are at most 0.005 worse', async () => {
  const auc: number[] = []
  const loss: number[] = []
  for (const draw of golden.draws) {
    for (const [fold, peer] of draw.scores.entries()) {
      const ours = await foldScores(draw, fold)
      auc.push(ours.auc - peer.auc)
      loss.push(ours.logLoss - peer.logLoss)
    }
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  expect(auc).toHaveLength(50)
  expect(mean(auc)).toBeGreaterThan(-0.005)
  expect(mean(loss)).toBeLessThan(0.005)
})
