import { takeRows } from '../../src/learn/index.ts'
import { findFault } from './laws.ts'
import type { FuzzCase } from './fuzz-case.ts'

/** How many smaller cases are tried. */
const MAX_TRIALS = 400

/**
 * The smallest case it can find that fails alike: without columns, rows, weights and options, one at a time,
 * until nothing more can go. Greedy, as delta debugging is (Zeller & Hildebrandt 2002).
 */
export async function shrink(fuzzCase: FuzzCase): Promise<{ fuzzCase: FuzzCase; fault: string }> {
  let smallest = fuzzCase
  let fault = (await findFault(fuzzCase)) ?? 'did not fail a second time'
  let nTrials = 0
  for (let isSmaller = true; isSmaller && nTrials < MAX_TRIALS;) {
    isSmaller = false
    for (const smaller of smallerCases(smallest)) {
      if (++nTrials > MAX_TRIALS) break
      const found = await findFault(smaller)
      if (found === undefined || kindOf(found) !== kindOf(fault)) continue
      smallest = smaller
      fault = found
      isSmaller = true
      break
    }
  }
  return { fuzzCase: smallest, fault }
}

/** What a fault says first, without its numbers. */
function kindOf(fault: string): string {
  return fault.replaceAll(/\d+/g, '').slice(0, 40)
}

/** Cases with one thing less; the largest steps first. */
function* smallerCases(fuzzCase: FuzzCase): Generator<FuzzCase> {
  const { data, options } = fuzzCase
  const { table, y, weights, ...rest } = data
  if (fuzzCase.refusedWith) return
  for (const column of table.columns) {
    if (table.columns.length === 1) break
    yield { ...fuzzCase, data: { ...data, table: { ...table, columns: table.columns.filter((c) => c !== column) } } }
  }
  for (let size = table.nRows >> 1; size >= 1; size >>= 1) {
    for (let begin = 0; begin < table.nRows; begin += size) {
      const rows = Int32Array.from(y.keys()).filter((row) => row < begin || row >= begin + size)
      const labels = Float64Array.from(rows, (row) => y[row])
      // All classes stay; of numbers any will do.
      const wanted = fuzzCase.task === 'regression' ? 1 : new Set(y).size
      if (new Set(labels).size < wanted) continue
      const kept = weights && { weights: Float64Array.from(rows, (row) => weights[row]) }
      yield { ...fuzzCase, data: { ...rest, table: takeRows(table, rows), y: labels, ...kept } }
    }
  }
  if (weights) yield { ...fuzzCase, data: { ...rest, table, y } }
  for (const name of Object.keys(options)) {
    if (name === 'nThreads' || name === 'nTrees') continue
    const { [name]: _, ...fewer } = options
    yield { ...fuzzCase, options: fewer }
  }
  if (Number(options.nTrees) > 1) yield { ...fuzzCase, options: { ...options, nTrees: 1 } }
}
