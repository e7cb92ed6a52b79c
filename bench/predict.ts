import { createRandom, trainModel, type Table } from '../src/learn/index.ts'
import { medianMs, rateRow, runPeer, timeRow, type Row, type SuiteOptions } from './harness.ts'

type Peer = { name: string; rowsPerSecond: number; rowMs: number }

const N_FEATURES = 20
const N_TREES = 100

/** Scoring with a random forest, many rows and one, on one thread, beside scikit-learn's with as many trees and leaves. */
export async function suite({ quick, note }: SuiteOptions): Promise<Row[]> {
  const nTrain = quick ? 5_000 : 20_000
  const nRows = quick ? 20_000 : 100_000
  const { table, y } = makeTable(nTrain, 1)
  note(`Training ${N_TREES} trees on ${nTrain} rows`)
  const model = await trainModel({
    table,
    y,
    target: 'y',
    positive: '1',
    algorithm: 'random_forest',
    options: { nTrees: N_TREES, minSamplesLeaf: 5, seed: 1, nThreads: 1 },
  })
  const rows = makeTable(nRows, 2).table
  const batchMs = await medianMs(5, () => model.predict(rows))
  const row = Object.fromEntries(
    rows.columns.map((column) => [column.name, (column as { values: Float64Array }).values[0]]),
  )
  const nCalls = 2_000
  const callsMs = await medianMs(5, () => {
    for (let i = 0; i < nCalls; i++) model.predictRow(row)
  })
  note('The same with scikit-learn')
  const peer = runPeer<Peer>('predict', { nTrain, nRows, nFeatures: N_FEATURES, nTrees: N_TREES, minSamplesLeaf: 5 })
  return [
    rateRow({
      name: `forest, ${nRows} rows at once`,
      ours: (1_000 * nRows) / batchMs,
      unit: 'rows/s',
      peer: peer && { name: peer.name, value: peer.rowsPerSecond },
    }),
    timeRow({
      name: 'forest, one row',
      ours: callsMs / nCalls,
      unit: 'ms',
      peer: peer && { name: peer.name, value: peer.rowMs },
    }),
  ]
}

/** Normal features, and a label that two of them and their product decide with noise. */
function makeTable(nRows: number, seed: number): { table: Table; y: Uint8Array } {
  const random = createRandom(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
  const columns = Array.from({ length: N_FEATURES }, (_, i) => ({
    kind: 'number' as const,
    name: `x${i}`,
    values: Float64Array.from({ length: nRows }, normal),
  }))
  const [a, b] = columns
  const y = Uint8Array.from({ length: nRows }, (_, i) => {
    const [x0, x1] = [a.values[i], b.values[i]]
    return x0 + x1 + x0 * x1 + normal() > 0.5 ? 1 : 0
  })
  return { table: { nRows, columns }, y }
}
