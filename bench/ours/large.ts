import { algorithms, trainModel, type AlgorithmName, type Column } from '../../src/learn/index.ts'

/** Training on a table that is made here, number by number: a file of it would only cost time. */
export type LargeWork = { algorithm: AlgorithmName; nRows: number; nColumns: number; options: Record<string, unknown> }
export type LargeAnswer = { processorMs: number; wallMs: number; tableBytes: number; peakBytes: number; nTrees: number }

const { algorithm, nRows, nColumns, options } = JSON.parse(process.argv[2]) as LargeWork

/** Uniform numbers by xorshift (Marsaglia 2003): of those a table this large wants, any are good enough. */
let state = 2463534242
const unit = (): number => {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return (state >>> 0) / 2 ** 32
}
const columns = Array.from({ length: nColumns }, (_, c): Column & { values: Float64Array } => {
  const values = new Float64Array(nRows)
  for (let row = 0; row < nRows; row++) values[row] = unit()
  return { kind: 'number', name: `x${c}`, values }
})
const [a, b, c] = columns.map(({ values }) => values)
const y = new Uint8Array(nRows)
for (let row = 0; row < nRows; row++) y[row] = a[row] + b[row] * c[row] + unit() > 1.3 ? 1 : 0

const before = process.cpuUsage()
const startedAt = performance.now()
const data = { table: { nRows, columns }, y, target: 'y', positive: '1' }
const model = await trainModel({ ...data, algorithm, options: algorithms[algorithm].resolveOptions(options) } as never)
const { user, system } = process.cpuUsage(before)
const answer: LargeAnswer = {
  processorMs: (user + system) / 1000,
  wallMs: performance.now() - startedAt,
  tableBytes: 8 * nRows * nColumns,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  nTrees: (model.describe() as { nTrees: number }).nTrees,
}
console.log(JSON.stringify(answer))
