import * as fc from 'fast-check'
import { categories, numbers } from '../../../test/learning-tables.ts'
import { createRandom } from '../random.ts'
import type { Column, Table } from '../table.ts'

type Data = { table: Table; y: Uint8Array; weights?: Float64Array }

/** Tables of all kinds: numbers, categories, missing values, constants, labels at random or with a reason. */
export function randomData(seed: number): Data {
  const random = createRandom(seed, 7)
  const nRows = 2 + random.below(random.below(3) ? 60 : 500)
  const missing = random.below(4) / 6
  const columns = Array.from({ length: 1 + random.below(6) }, (_, c): Column => {
    const nValues = [1, 2, 5, 300][random.below(4)]
    const values = Array.from({ length: nRows }, () => (random.unit() < missing ? null : random.below(nValues)))
    if (random.below(2)) return numbers(`c${c}`, values)
    return categories(
      `c${c}`,
      values.map((value) => (value === null ? null : `level ${value}`)),
    )
  })
  const first = columns[0]
  const reason = (row: number): number => (first.kind === 'number' ? first.values[row] : first.codes[row])
  const y = Uint8Array.from({ length: nRows }, (_, row) => (reason(row) % 2 === 1 || random.below(4) === 0 ? 1 : 0))
  y[0] = 0
  y[1] = 1
  const scale = 10 ** (random.below(13) - 6)
  const weights = Float64Array.from({ length: nRows }, () => scale * (1 + random.below(5)))
  return random.below(2) ? { table: { nRows, columns }, y } : { table: { nRows, columns }, y, weights }
}

/** Options of all kinds. */
export const anyOptions = fc.record({
  maxLeaves: fc.integer({ min: 2, max: 40 }),
  maxDepth: fc.option(fc.integer({ min: 1, max: 5 })),
  minSamplesLeaf: fc.constantFrom(1, 3, 20),
  minHessian: fc.constantFrom(0, 1e-3, 1),
  l1: fc.constantFrom(0, 0, 0.3),
  l2: fc.constantFrom(0, 1),
  minGain: fc.constantFrom(0, 0, 0.1),
  categorySmoothing: fc.constantFrom(0, 10),
  maxBins: fc.constantFrom(2, 16, 255),
  rowShare: fc.constantFrom(1, 1, 0.5),
  columnShare: fc.constantFrom(1, 1, 0.4),
  seed: fc.nat(9),
})
