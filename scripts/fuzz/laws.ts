import { isDeepStrictEqual } from 'node:util'
import { AssayError } from '../../src/errors/index.ts'
import { createRandom, loadAnyModel, serialiseModel, type AnyModel, type Table } from '../../src/learn/index.ts'
import { drawLaterTable } from './columns.ts'
import { findExplanationFault } from './explanation-laws.ts'
import { expectedRefusal, type FuzzCase } from './fuzz-case.ts'
import { findDifferenceToSlow } from './slow-laws.ts'
import { train } from './train.ts'

/** Rows of a table that the single-row face is held against. */
const N_SINGLE_ROWS = 25

/**
 * Trains a case and holds the model against everything that must be true of it.
 * @returns what is not true, or undefined
 */
export async function findFault(fuzzCase: FuzzCase): Promise<string | undefined> {
  const refusedWith = expectedRefusal(fuzzCase)
  try {
    const model = await train(fuzzCase)
    if (refusedWith) return `was to be refused with ${refusedWith}, but was trained`
    return await findModelFault(fuzzCase, model)
  } catch (error) {
    if (!(error instanceof AssayError)) return `threw ${error instanceof Error ? error.stack : String(error)}`
    if (error.code === refusedWith) return undefined
    return `was refused with ${error.code} (${error.message})${refusedWith ? ` instead of ${refusedWith}` : ''}`
  }
}

async function findModelFault(fuzzCase: FuzzCase, model: AnyModel): Promise<string | undefined> {
  const { seed, data } = fuzzCase
  const random = createRandom(seed, 0xf023)
  const later = drawLaterTable(random, data.table)
  const bytes = serialiseModel(model)
  // Reading looks at every node, too: a leaf that is not finite is refused.
  const loaded = loadAnyModel(bytes)
  if (!isDeepStrictEqual(serialiseModel(loaded), bytes)) return 'has other bytes after it was saved and loaded'
  for (const table of [data.table, later]) {
    const scores = model.predict(table)
    if (!isDeepStrictEqual(loaded.predict(table), scores)) return 'scores differently after it was saved and loaded'
    const fault =
      findScoreFault(model, scores) ?? findRangeFault(fuzzCase, scores) ?? findSingleRowFault(model, table, scores)
    if (fault) return fault
  }
  if (random.below(12) === 0) {
    const again = await train(fuzzCase, { nThreads: fuzzCase.options.nThreads === 1 ? 2 : 1 })
    if (!isDeepStrictEqual(serialiseModel(again), bytes)) return 'has other bytes with another number of threads'
  }
  return findDifferenceToSlow(fuzzCase, model) ?? findExplanationFault(model, later)
}

/** Probabilities are from 0 to 1, those of several classes sum to 1; a number is finite. */
function findScoreFault(model: AnyModel, scores: Float64Array): string | undefined {
  const isRegression = 'task' in model && model.task === 'regression'
  const wrong = scores.findIndex((score) => !(isRegression ? Number.isFinite(score) : score >= 0 && score <= 1))
  if (wrong >= 0) return `score ${wrong} is ${scores[wrong]}`
  if (!('task' in model) || model.task !== 'multiclass') return undefined
  const nClasses = model.classes.length
  for (let row = 0; row * nClasses < scores.length; row++) {
    const sum = scores.subarray(row * nClasses, (row + 1) * nClasses).reduce((a, b) => a + b, 0)
    if (Math.abs(sum - 1) > 1e-9) return `the classes of row ${row} sum to ${sum}`
  }
  return undefined
}

/** A forest's number is a mean of targets it learned from, so it lies among them but for the rounding of leaves to float32. */
function findRangeFault({ task, algorithm, data: { y } }: FuzzCase, scores: Float64Array): string | undefined {
  if (task !== 'regression' || algorithm === 'gradient_boosting') return undefined
  const least = y.reduce((a, b) => Math.min(a, b))
  const most = y.reduce((a, b) => Math.max(a, b))
  // The last addend is the smallest float32.
  const slack = 2 ** -22 * (most - least) + 2 ** -50 * Math.max(Math.abs(least), Math.abs(most)) + 2 ** -149
  const wrong = scores.findIndex((score) => !(score >= least - slack && score <= most + slack))
  return wrong < 0 ? undefined : `score ${wrong} is ${scores[wrong]}, the targets lie from ${least} to ${most}`
}

/** Whether rows by themselves, as objects, score as they do in a table, bit for bit. */
function findSingleRowFault(model: AnyModel, table: Table, scores: Float64Array): string | undefined {
  const width = scores.length / table.nRows
  const step = Math.max(1, Math.floor(table.nRows / N_SINGLE_ROWS))
  for (let row = 0; row < table.nRows; row += step) {
    const entries = table.columns.map((column) => {
      if (column.kind === 'number') return [column.name, column.values[row]]
      return [column.name, column.codes[row] < 0 ? null : column.levels[column.codes[row]]]
    })
    const alone = [model.predictRow(Object.fromEntries(entries))].flat()
    const inTable = [...scores.subarray(row * width, (row + 1) * width)]
    if (!isDeepStrictEqual(alone, inTable)) return `row ${row} scores ${alone} alone and ${inTable} in its table`
  }
  return undefined
}
