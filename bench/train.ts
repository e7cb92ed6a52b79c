import { createRandom, trainModel, type Column, type Table } from '../src/learn/index.ts'
import { medianMs, runPeer, timeRow, type Row, type SuiteOptions } from './harness.ts'

type Peer = { name: string; milliseconds: number }
type Shape = { name: string; nNumbers: number; nCategories: number; missingShare: number }

const SHAPES: Shape[] = [
  { name: '20 numbers', nNumbers: 20, nCategories: 0, missingShare: 0 },
  { name: '10 numbers, 10 categories, missing values', nNumbers: 10, nCategories: 10, missingShare: 0.1 },
]

/** Training of 100 trees of 31 leaves, with one thread and with two, beside LightGBM's on the same shape of data. */
export async function suite({ quick, note }: SuiteOptions): Promise<Row[]> {
  const nRows = quick ? 100_000 : 1_000_000
  const rows: Row[] = []
  for (const shape of SHAPES) {
    const { table, y } = makeTable(shape, nRows)
    for (const nThreads of [1, 2]) {
      note(`${shape.name}, ${nRows} rows, ${nThreads} threads`)
      const data = { table, y, target: 'y', positive: '1' }
      const ours = await medianMs(3, () =>
        trainModel({ ...data, algorithm: 'gradient_boosting', options: { nTrees: 100, nThreads } }),
      )
      const peer = runPeer<Peer>('train', { ...shape, nRows, nThreads, nTrees: 100 })
      rows.push(
        timeRow({
          name: `${shape.name}, ${nThreads === 1 ? 'one thread' : 'two threads'}`,
          ours,
          unit: 'ms',
          bar: peer ? 0.75 : undefined,
          peer: peer && { name: peer.name, value: peer.milliseconds },
        }),
      )
    }
  }
  return rows
}

/** Normal numbers, categories of 5 to 50 levels, and a label that some of them and a product decide with noise. */
function makeTable({ nNumbers, nCategories, missingShare }: Shape, nRows: number): { table: Table; y: Uint8Array } {
  const random = createRandom(1)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
  const isMissing = (): boolean => missingShare > 0 && random.unit() < missingShare
  const numbers = Array.from({ length: nNumbers }, (_, c): Column => {
    return {
      kind: 'number',
      name: `x${c}`,
      values: Float64Array.from({ length: nRows }, () => (isMissing() ? NaN : normal())),
    }
  })
  const categories = Array.from({ length: nCategories }, (_, c): Column => {
    const levels = Array.from({ length: 5 + 5 * c }, (_, level) => `level ${level}`)
    const codes = Int32Array.from({ length: nRows }, () => (isMissing() ? -1 : random.below(levels.length)))
    return { kind: 'category', name: `c${c}`, levels, codes }
  })
  const columns = [...numbers, ...categories]
  const valueOf = (column: Column | undefined, row: number): number => {
    if (!column) return 0
    return column.kind === 'number' ? column.values[row] || 0 : (column.codes[row] % 3) - 1
  }
  const y = Uint8Array.from({ length: nRows }, (_, row) => {
    const [a, b, c, d] = [columns[0], columns[1], columns[2], categories[0]].map((column) => valueOf(column, row))
    return a + b * c + Math.sin(2 * b) + d + normal() > 0.5 ? 1 : 0
  })
  return { table: { nRows, columns }, y }
}
