import { brierLoss, logLoss, prAucScore, rocAucScore, takeRows, trainModel, type Model } from '../../src/learn/index.ts'
import type { FoldScores } from './rule.ts'
import type { FoldedSet } from './sets.ts'

export const comparedAlgorithms = [
  'logistic_regression',
  'random_forest',
  'extra_trees',
  'gradient_boosting',
  'gradient_boosting_sampled',
] as const

export type ComparedAlgorithm = (typeof comparedAlgorithms)[number]

/** Our settings, like those in `peer.py`: nothing but the encoding is left to the defaults. */
function train(algorithm: ComparedAlgorithm, set: FoldedSet, rows: Int32Array, seed: number): Promise<Model> {
  const { table, y } = set
  const data = { table: takeRows(table, rows), y: Uint8Array.from(rows, (row) => y[row]), target: 'y', positive: '1' }
  if (algorithm === 'logistic_regression') {
    return trainModel({ ...data, algorithm, options: { c: 1, tolerance: 1e-6, maxLevels: 200, minLevelRows: 0 } })
  }
  if (algorithm === 'random_forest' || algorithm === 'extra_trees') {
    return trainModel({ ...data, algorithm, options: { nTrees: 500, minSamplesLeaf: 5, maxFeatures: 'sqrt', seed } })
  }
  const share = algorithm === 'gradient_boosting' ? 1 : 0.8
  const options = { nTrees: 100, maxLeaves: 31, learningRate: 0.1, rowShare: share, columnShare: share, seed }
  return trainModel({ ...data, algorithm: 'gradient_boosting', options })
}

/** Scores on each given fold, after training on the others. */
export async function foldScores(algorithm: ComparedAlgorithm, set: FoldedSet, seed: number): Promise<FoldScores[]> {
  const nFolds = Math.max(...set.fold) + 1
  const scores: FoldScores[] = []
  for (let k = 0; k < nFolds; k++) {
    const rowsWhere = (isHeld: boolean): Int32Array =>
      Int32Array.from([...set.fold.keys()].filter((row) => (set.fold[row] === k) === isHeld))
    const held = rowsWhere(true)
    const model = await train(algorithm, set, rowsWhere(false), seed)
    const y = Uint8Array.from(held, (row) => set.y[row])
    const score = model.predict(takeRows(set.table, held))
    scores.push({
      rocAuc: rocAucScore(y, score),
      prAuc: prAucScore(y, score),
      logLoss: logLoss(y, score),
      brier: brierLoss(y, score),
    })
  }
  return scores
}
