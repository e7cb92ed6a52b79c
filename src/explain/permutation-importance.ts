import { checkOption, createRandom, seedRule, shuffle, takeRows, type Column, type Table } from '../learn/index.ts'
import type { ExplainHooks } from './hooks.ts'
import { judgeOf, type JudgedModel } from './judged-model.ts'
import { studentTwoSided } from './student-t.ts'

/** Level of the intervals. */
const LEVEL = 0.95

export type Importance = {
  feature: string
  /** Mean loss of the metric when the feature is shuffled; about 0 for a feature the model does not need. */
  mean: number
  lower: number
  upper: number
}

export type ImportanceInput = JudgedModel & {
  /** Shufflings of each feature, 2 or more; 5 if absent. */
  nRepeats?: number
  seed?: number
  /** A sample of about so many rows is used when there are more, of two classes a stratified one; 5,000 if absent. */
  maxRows?: number
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin & Dominici 2019): how much the metric falls when one feature's
 * values are shuffled among the rows, which keeps its distribution and breaks its relation to everything else. Of two classes the
 * metric is ROC-AUC; else it is a loss, which rises: the log-loss of several classes, of a number what its model was trained to lower.
 *
 * The interval is Student's over the repeats, at 95 %: it tells how far the mean would move with other shufflings of
 * these rows, not with other rows. Features that say the same thing share their importance.
 * Deterministic in its input. O(features x nRepeats) predictions; yields to the event loop between them and after 8,192 rows.
 * @returns one entry for each feature of the model, most important first, ties in the order of the signature
 * @throws OPTION_INVALID, EXPLANATION_CANCELLED, and what the model and the metric throw
 */
export async function permutationImportance(input: ImportanceInput, hooks: ExplainHooks = {}): Promise<Importance[]> {
  const { model, nRepeats = 5, seed = 0, maxRows = 5000 } = input
  checkOption('nRepeats', nRepeats, { integer: [2, 1000] })
  checkOption('seed', seed, seedRule)
  checkOption('maxRows', maxRows, { integer: [1, 2 ** 31] })
  const { table, judge } = judgeOf(input, maxRows, seed)
  const baseline = await judge(table, hooks)
  const { columns } = model.signature
  const critical = studentTwoSided(LEVEL, nRepeats - 1)
  const importances: Importance[] = []
  for (const [f, { name }] of columns.entries()) {
    const losses = new Float64Array(nRepeats)
    for (let repeat = 0; repeat < nRepeats; repeat++) {
      const rows = Int32Array.from({ length: table.nRows }, (_, row) => row)
      const order = shuffle(rows, createRandom(seed, f * nRepeats + repeat))
      losses[repeat] = baseline - (await judge(withShuffled(table, name, order), hooks))
      hooks.progress?.(f * nRepeats + repeat + 1, columns.length * nRepeats)
    }
    importances.push({ feature: name, ...meanInterval(losses, critical) })
  }
  return importances.sort((a, b) => b.mean - a.mean)
}

function withShuffled(table: Table, name: string, order: Int32Array): Table {
  const shuffled = (column: Column): Column =>
    column.name === name ? takeRows({ nRows: table.nRows, columns: [column] }, order).columns[0] : column
  return { ...table, columns: table.columns.map(shuffled) }
}

function meanInterval(values: Float64Array, critical: number): { mean: number; lower: number; upper: number } {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const half = critical * Math.sqrt(squares / (n - 1) / n)
  return { mean, lower: mean - half, upper: mean + half }
}
