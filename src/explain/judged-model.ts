import { AssayError } from '../errors/index.ts'
import {
  createRandom,
  multiclassLogLoss,
  rocAucScore,
  shuffle,
  stratifiedSample,
  takeRows,
  trainingLossOf,
  type Model,
  type MulticlassModel,
  type RegressionModel,
  type Table,
} from '../learn/index.ts'
import type { ExplainHooks } from './hooks.ts'
import { predictInTurns } from './predict-in-turns.ts'

/** A model of one task with rows to judge it by: what came of each, shape (nRows,), and a metric, of which higher is better. */
type Judged<Fitted, Y> = {
  model: Fitted
  /** Rows the model did not learn from, else what it memorised counts as important. */
  table: Table
  y: Y
  metric?: (y: Y, predicted: Float64Array) => number
}

/** Labels 0 or 1; ROC-AUC where no metric is given. */
type JudgedBinary = Judged<Model, Uint8Array>
/** Numbers; the negative of the metric that the model was trained to lower, see `trainingLossOf`. */
type JudgedRegression = Judged<RegressionModel, Float64Array>
/** Places among the model's classes; the negative log-loss. */
type JudgedMulticlass = Judged<MulticlassModel, Int32Array>

export type JudgedModel = JudgedBinary | JudgedRegression | JudgedMulticlass

/**
 * Rows, and how well the model foretells what came of them from any table of as many; higher is better.
 * Judging lets the event loop turn, and throws EXPLANATION_CANCELLED.
 */
export type Judge = { table: Table; judge(table: Table, hooks: ExplainHooks): Promise<number> }

/**
 * All rows, or where there are more a sample of about maxRows, of two classes with these in proportion.
 * @throws LABELS_LENGTH_DIFFERS
 */
export function judgeOf(input: JudgedModel, maxRows: number, seed: number): Judge {
  if (isOf<JudgedRegression>(input, 'regression')) {
    const loss = trainingLossOf(input.model)
    return judgeBy(input, sampleOf(input, maxRows, seed), (y, predicted) => -loss(y, predicted))
  }
  if (isOf<JudgedMulticlass>(input, 'multiclass')) {
    return judgeBy(input, sampleOf(input, maxRows, seed), (y, scores) => -multiclassLogLoss(y, scores))
  }
  const binary = input as JudgedBinary
  return judgeBy(binary, stratifiedSampleOf(binary, maxRows, seed), rocAucScore)
}

function isOf<Kind extends JudgedModel>(input: JudgedModel, task: Kind['model']['task']): input is Kind {
  return input.model.task === task
}

/** @param rows those that are looked at; undefined for all */
function judgeBy<Y extends Uint8Array | Float64Array | Int32Array>(
  { model, table, y, metric }: Judged<JudgedModel['model'], Y>,
  rows: Int32Array | undefined,
  usual: (y: Y, predicted: Float64Array) => number,
): Judge {
  if (y.length !== table.nRows) throw new AssayError('LABELS_LENGTH_DIFFERS', { given: y.length, nRows: table.nRows })
  const measure = metric ?? usual
  if (!rows) return { table, judge: async (given, hooks) => measure(y, await predictInTurns(model, given, hooks)) }
  const taken = y.slice(0, rows.length) as Y
  rows.forEach((row, i) => (taken[i] = y[row]))
  const judge: Judge['judge'] = async (given, hooks) => measure(taken, await predictInTurns(model, given, hooks))
  return { table: takeRows(table, rows), judge }
}

function stratifiedSampleOf({ table, y }: JudgedBinary, maxRows: number, seed: number): Int32Array | undefined {
  return table.nRows <= maxRows ? undefined : stratifiedSample(y, maxRows / table.nRows, seed)
}

function sampleOf({ table: { nRows } }: JudgedModel, maxRows: number, seed: number): Int32Array | undefined {
  if (nRows <= maxRows) return undefined
  const rows = Int32Array.from({ length: nRows }, (_, row) => row)
  return shuffle(rows, createRandom(seed)).slice(0, maxRows).sort()
}
