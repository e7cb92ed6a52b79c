import { isDeepStrictEqual } from 'node:util'
import { AssayError } from '../../src/errors/index.ts'
import { createRandom, loadModel, serialiseModel, takeRows, trainModel, treeEnsembleOf } from '../../src/learn/index.ts'
import type { Model, Table, TrainInput } from '../../src/learn/index.ts'
import { BoostingModel } from '../../src/learn/boosting/boosting-model.ts'
import { ForestModel } from '../../src/learn/forest/forest-model.ts'
import { decodeTrees } from '../../src/learn/testing/decode-trees.ts'
import { slowBoosting } from '../../src/learn/testing/slow-boosting.ts'
import { slowScore } from '../../src/learn/testing/slow-forest.ts'
import { drawLaterTable } from './columns.ts'
import { expectedRefusal, type FuzzCase } from './fuzz-case.ts'

/** A training that takes longer than this hangs. */
const PATIENCE_MS = 60_000

/** Rows of a table that the single-row face is held against. */
const N_SINGLE_ROWS = 25

/** The slow versions look at every row in every leaf. */
const MAX_SLOW_ROWS = 150

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

function train({ algorithm, data, options }: FuzzCase, more: Record<string, unknown> = {}): Promise<Model> {
  // Options of a case may be wrong on purpose.
  const input = { ...data, algorithm, options: { ...options, ...more } } as TrainInput
  return trainModel(input, { signal: AbortSignal.timeout(PATIENCE_MS) })
}

async function findModelFault(fuzzCase: FuzzCase, model: Model): Promise<string | undefined> {
  const { seed, data } = fuzzCase
  const random = createRandom(seed, 0xf023)
  const later = drawLaterTable(random, data.table)
  const bytes = serialiseModel(model)
  const loaded = loadModel(bytes)
  for (const table of [data.table, later]) {
    const scores = model.predict(table)
    const wrong = scores.findIndex((score) => !(score >= 0 && score <= 1))
    if (wrong >= 0) return `row ${wrong} has the score ${scores[wrong]}`
    if (!isDeepStrictEqual(loaded.predict(table), scores)) return 'scores differently after it was saved and loaded'
    const fault = findSingleRowFault(model, table, scores)
    if (fault) return fault
  }
  if (!isDeepStrictEqual(serialiseModel(loaded), bytes)) return 'has other bytes after it was saved and loaded'
  const leaf = treeEnsembleOf(model) && findLeafFault(treeEnsembleOf(model)!)
  if (leaf) return leaf
  if (random.below(12) === 0) {
    const again = await train(fuzzCase, { nThreads: fuzzCase.options.nThreads === 1 ? 2 : 1 })
    if (!isDeepStrictEqual(serialiseModel(again), bytes)) return 'has other bytes with another number of threads'
  }
  return findDifferenceToSlow(fuzzCase, model)
}

/** Whether rows by themselves, as objects, score as they do in a table, bit for bit. */
function findSingleRowFault(model: Model, table: Table, scores: Float64Array): string | undefined {
  const step = Math.max(1, Math.floor(table.nRows / N_SINGLE_ROWS))
  for (let row = 0; row < table.nRows; row += step) {
    const entries = table.columns.map((column) => {
      if (column.kind === 'number') return [column.name, column.values[row]]
      return [column.name, column.codes[row] < 0 ? null : column.levels[column.codes[row]]]
    })
    const score = model.predictRow(Object.fromEntries(entries))
    if (!Object.is(score, scores[row])) return `row ${row} scores ${score} alone and ${scores[row]} in its table`
  }
  return undefined
}

function findLeafFault(ensemble: NonNullable<ReturnType<typeof treeEnsembleOf>>): string | undefined {
  if (!Number.isFinite(ensemble.baseScore)) return `has the base score ${ensemble.baseScore}`
  for (const [t, nodes] of decodeTrees(ensemble).entries()) {
    const leaf = nodes.find((node) => node.kind === 'leaf' && !Number.isFinite(node.value))
    if (leaf?.kind === 'leaf') return `tree ${t} has a leaf of ${leaf.value}`
  }
  return undefined
}

/** Holds the trees of boosting, and the scores of a forest, against the slow and obvious versions where these are fast enough. */
function findDifferenceToSlow({ data, options }: FuzzCase, model: Model): string | undefined {
  const { table, y, weights } = data
  if (model instanceof ForestModel) {
    const rows = Int32Array.from({ length: Math.min(table.nRows, MAX_SLOW_ROWS) }, (_, row) => row)
    const some = takeRows(table, rows)
    const scores = model.predict(some)
    const row = scores.findIndex((score, row) => score !== slowScore(model.forest, some, row))
    return row < 0
      ? undefined
      : `row ${row} scores ${scores[row]}, by the slow version ${slowScore(model.forest, some, row)}`
  }
  const isHeldOut = typeof options.patience === 'number'
  if (!(model instanceof BoostingModel) || isHeldOut || weights?.includes(0)) return undefined
  if (table.nRows > MAX_SLOW_ROWS || table.columns.length > 6) return undefined
  const slow = slowBoosting({ table, y, weights }, model.boosted.options)
  if (!isDeepStrictEqual(model.boosted.preparation, slow.preparation)) return 'has other bins than the slow version'
  const trees = decodeTrees(model.boosted)
  const t = trees.findIndex((nodes, t) => !isDeepStrictEqual(nodes, slow.trees[t]))
  if (t < 0) return undefined
  return `tree ${t} is ${JSON.stringify(trees[t])}, by the slow version ${JSON.stringify(slow.trees[t])}`
}
