import type { AlgorithmName } from '../src/learn/index.ts'
import { runOurs, timeRow, type Row, type SuiteOptions } from './harness.ts'
import type { LargeAnswer, LargeWork } from './ours/large.ts'

/** What training on the largest table may take of memory, the table itself included. */
const BAR_GB = 8

/**
 * The peak of memory of training on 10,000,000 rows x 20 numbers, the 1.6 GB of the table included. The first trees take all that
 * later ones take, so few are grown.
 */
export async function* suite({ extent, wanted, note }: SuiteOptions): AsyncGenerator<Row> {
  const nRows = extent === 'quick' ? 1_000_000 : 10_000_000
  const works: { algorithm: AlgorithmName; options: Record<string, unknown> }[] = [
    { algorithm: 'gradient_boosting', options: { nTrees: 10, nThreads: 2 } },
    { algorithm: 'random_forest', options: { nTrees: 2, minSamplesLeaf: 20, nThreads: 2 } },
  ]
  for (const { algorithm, options } of works) {
    const what = `peak of memory, ${algorithm}, ${nRows} rows x 20, the table included`
    if (!wanted(what)) continue
    note(what)
    const work: LargeWork = { algorithm, nRows, nColumns: 20, options }
    const { peakBytes, tableBytes, processorMs, wallMs, nTrees } = runOurs<LargeAnswer>('large', work)
    const times = `${nTrees} trees in ${seconds(wallMs)} s, processor ${seconds(processorMs)} s`
    const remark = `table ${gigabytes(tableBytes).toFixed(2)} GB; ${times}`
    yield { ...timeRow({ what, ours: gigabytes(peakBytes), unit: 'GB', bar: BAR_GB }), remark }
  }
}

const gigabytes = (bytes: number): number => bytes / 1e9
const seconds = (ms: number): string => (ms / 1000).toFixed(1)
