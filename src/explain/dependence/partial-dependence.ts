import { AssayError } from '../../errors/index.ts'
import {
  checkOption,
  checkTable,
  createRandom,
  seedRule,
  shuffle,
  takeRows,
  type AnyModel,
  type CategoryColumn,
  type Column,
  type NumberColumn,
  type Table,
} from '../../learn/index.ts'
import { classAtHand, scoresAtHand } from '../class-at-hand.ts'
import type { ExplainHooks } from '../hooks.ts'
import { levelGrid, numberGrid, type Grid } from './grid.ts'

/**
 * How what a model foretells follows one feature: the score of two classes, the probability of one of several, a number in the unit of
 * its target.
 */
export type PartialDependence = {
  feature: string
  kind: 'number' | 'category'
  /** Grid points are days since 1970-01-01 UTC. */
  format?: 'date'
  /** Numbers ascending, or levels, most frequent first. */
  grid: (number | string)[]
  /** Mean score over the sampled rows with the feature set to each grid point. */
  mean: number[]
  /** The same for single rows (individual conditional expectation): a curve a row. */
  ice: number[][]
  /** Share of all rows at or nearest to each grid point; little data means little trust. */
  share: number[]
  /** The same with the feature missing; absent where it never is. */
  missing?: { mean: number; ice: number[]; share: number }
}

export type DependenceInput = {
  model: AnyModel
  /** Of a model of several classes: whose probability is followed. */
  class?: string
  /** Rows as the model meets them. */
  table: Table
  /** Columns of the signature. */
  features: readonly string[]
  /** Levels, or numbers at equally spaced ranks, 2 to 200; 20 if absent. Up to half as many more numbers stand where values are rare. */
  nPoints?: number
  /** Rows that the mean is taken over, drawn at random where there are more; 500 if absent. */
  maxRows?: number
  /** Of them, so many keep their own curve; 30 if absent. */
  nCurves?: number
  seed?: number
}

/**
 * Partial dependence (Friedman 2001) and individual conditional expectation (Goldstein et al. 2015), by brute force: one
 * feature is set to each point of its grid in every sampled row, the rest of the row stays as it is, and the model scores it.
 * The mean over rows is what scikit-learn's `partial_dependence(method='brute', response_method='predict_proba')` computes; a
 * feature that goes with another is shown in combinations that never occur, which `share` cannot tell.
 *
 * Deterministic in its input. O(features x nPoints) predictions of maxRows rows; yields to the event loop between them.
 * Golden: test/golden/partial-dependence.
 * @returns one entry for each feature, in the order given; empty curves where no value of a feature is known
 * @throws OPTION_INVALID, TABLE_NO_ROWS, FEATURE_UNKNOWN, CLASS_UNKNOWN, EXPLANATION_CANCELLED, and what the model throws
 */
export async function partialDependence(
  input: DependenceInput,
  hooks: ExplainHooks = {},
): Promise<PartialDependence[]> {
  const { model, table, features, nPoints = 20, maxRows = 500, nCurves = 30, seed = 0 } = input
  checkOption('nPoints', nPoints, { integer: [2, 200] })
  checkOption('maxRows', maxRows, { integer: [1, 2 ** 31] })
  checkOption('nCurves', nCurves, { integer: [0, 10_000] })
  checkOption('seed', seed, seedRule)
  checkTable(table)
  if (table.nRows === 0) throw new AssayError('TABLE_NO_ROWS', {})
  const k = classAtHand(model, input.class)
  const columns = features.map((feature) => columnOf(model, table, feature))
  const sample = sampleRows(table, maxRows, seed)
  const dependences: PartialDependence[] = []
  for (const [index, column] of columns.entries()) {
    const grid = column.kind === 'number' ? numberGrid(column, nPoints) : levelGrid(column, nPoints)
    const score = (value: number | string | null): Promise<Float64Array> =>
      scoresAtHand(model, withConstant(sample, column, value), k, hooks)
    const curves: Float64Array[] = []
    for (const point of grid.points) {
      curves.push(await score(point))
      hooks.progress?.(index + curves.length / grid.points.length, columns.length)
    }
    const nIce = Math.min(nCurves, sample.nRows)
    dependences.push({
      ...headOf(column),
      ...curvesOf(grid, curves, nIce),
      ...(grid.missingShare > 0 ? { missing: missingOf(await score(null), nIce, grid.missingShare) } : {}),
    })
  }
  return dependences
}

/** The first columns of the result. */
function headOf(column: Column): Pick<PartialDependence, 'feature' | 'kind' | 'format'> {
  const format = column.kind === 'number' && column.format ? { format: column.format } : {}
  return { feature: column.name, kind: column.kind, ...format }
}

function curvesOf(
  { points, share }: Grid<number | string>,
  curves: Float64Array[],
  nIce: number,
): Pick<PartialDependence, 'grid' | 'mean' | 'ice' | 'share'> {
  const ice = Array.from({ length: nIce }, (_, row) => curves.map((scores) => scores[row]))
  return { grid: points, mean: curves.map(meanOf), ice, share }
}

function missingOf(scores: Float64Array, nIce: number, share: number): PartialDependence['missing'] {
  return { mean: meanOf(scores), ice: [...scores.subarray(0, nIce)], share }
}

function columnOf(model: AnyModel, table: Table, feature: string): Column {
  const { columns } = model.signature
  if (!columns.some(({ name }) => name === feature)) {
    throw new AssayError('FEATURE_UNKNOWN', { feature, known: columns.map(({ name }) => name).join(', ') })
  }
  const column = table.columns.find(({ name }) => name === feature)
  if (column) return column
  const { kind } = columns.find(({ name }) => name === feature)!
  const given = table.columns.map(({ name }) => name).join(', ') || 'no columns'
  throw new AssayError('MODEL_COLUMN_MISSING', { column: feature, kind, given })
}

/** In random order, so that the first of them are a sample too. */
function sampleRows(table: Table, maxRows: number, seed: number): Table {
  const order = shuffle(
    Int32Array.from({ length: table.nRows }, (_, row) => row),
    createRandom(seed),
  )
  return takeRows(table, order.subarray(0, maxRows))
}

/** The table with one value, or none, in all rows of a column. */
function withConstant(table: Table, column: Column, value: number | string | null): Table {
  const constant = column.kind === 'number' ? numbers(table.nRows, column, value) : codes(table.nRows, column, value)
  return { ...table, columns: table.columns.map((other) => (other.name === column.name ? constant : other)) }
}

function numbers(nRows: number, column: NumberColumn, value: number | string | null): NumberColumn {
  return { ...column, values: new Float64Array(nRows).fill(value === null ? NaN : (value as number)) }
}

function codes(nRows: number, column: CategoryColumn, value: number | string | null): CategoryColumn {
  return { ...column, codes: new Int32Array(nRows).fill(value === null ? -1 : column.levels.indexOf(value as string)) }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
