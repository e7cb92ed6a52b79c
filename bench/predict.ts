import { runOurs, runPeer, timingRow, type Extent, type Pair, type Row, type SuiteOptions } from './harness.ts'
import type { Timing } from './ours/measure.ts'
import type { PredictAnswer, PredictWork } from './ours/predict.ts'
import { allShapes, numbersShape, type Shape } from './tables/shapes.ts'
import { withTableFolder } from './tables/table-file.ts'

const N_TREES = 100
const MAX_ROW_US = 5

const scales: Record<Extent, { nTrain: number; nRows: number; seeds: number[]; repetitions: number }> = {
  quick: { nTrain: 20_000, nRows: 50_000, seeds: [1], repetitions: 3 },
  standard: { nTrain: 100_000, nRows: 200_000, seeds: [1, 2, 3], repetitions: 5 },
  full: { nTrain: 100_000, nRows: 1_000_000, seeds: [1, 2, 3], repetitions: 8 },
}

type Variant = { what: string; bar?: number; shape: Shape; algorithm: PredictWork['algorithm'] }
type Sides = { ours: PredictAnswer; theirs: PredictAnswer | undefined }

/**
 * Scoring on one thread, from raw columns and from one row as an object: boosting of 100 trees of 31 leaves beside ONNX Runtime with as
 * many trees of LightGBM, the forest beside scikit-learn.
 */
export async function* suite({ extent, wanted, dataRoot, note }: SuiteOptions): AsyncGenerator<Row> {
  const { nTrain, nRows, seeds, repetitions } = scales[extent]
  const boosting = allShapes(dataRoot).map((shape): Variant => {
    return { what: `boosting, ${shape.name}`, bar: 1 / 3, shape, algorithm: 'gradient_boosting' }
  })
  const forest: Variant = {
    what: `random forest, ${numbersShape.name}`,
    shape: numbersShape,
    algorithm: 'random_forest',
  }
  for (const { what, bar, shape, algorithm } of [...boosting, forest]) {
    if (!wanted(what)) continue
    const found: Sides[] = []
    // A forest's leaves are many: fewer rows to learn from, so that the peer is done in time.
    const nLearnt = algorithm === 'random_forest' ? Math.min(nTrain, 20_000) : nTrain
    for (const seed of algorithm === 'random_forest' ? seeds.slice(0, 1) : seeds) {
      note(`${what}, seed ${seed}`)
      await withTableFolder(shape.make(nLearnt, seed, nRows), (folder) => {
        found.push(runBoth({ folder, algorithm, repetitions }))
      })
    }
    yield timingRow(
      { what: `${what}, ${nRows} rows at once`, unit: 'us a row', bar },
      pairsOf(found, 'batch'),
      1_000 / nRows,
    )
    const row = timingRow({ what: `${what}, one row`, unit: 'us' }, pairsOf(found, 'single'), 1_000)
    yield algorithm === 'gradient_boosting' ? { ...row, bar: MAX_ROW_US, met: row.ours <= MAX_ROW_US } : row
  }
}

function runBoth({ folder, algorithm, repetitions }: Omit<PredictWork, 'options'>): Sides {
  const special = algorithm === 'gradient_boosting' ? { maxLeaves: 31 } : { minSamplesLeaf: 5 }
  const options = { nTrees: N_TREES, ...special }
  const ours = runOurs<PredictAnswer>('predict', { folder, algorithm, options, repetitions } satisfies PredictWork)
  return { ours, theirs: runPeer<PredictAnswer>('predict', { folder, algorithm, repetitions, ...options }) }
}

/** Times of a batch as they are; times of single rows by the row. */
function pairsOf(found: readonly Sides[], part: 'batch' | 'single'): Pair[] {
  const timingOf = (answer: PredictAnswer): Timing => {
    const calls = part === 'batch' ? 1 : answer.nSingle
    const { wallMs, processorMs } = answer[part]
    return { wallMs: wallMs / calls, processorMs: processorMs / calls }
  }
  return found.map(({ ours, theirs }) => {
    return { ours: timingOf(ours), theirs: theirs && { ...timingOf(theirs), name: theirs.name } }
  })
}
