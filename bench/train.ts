import { runOurs, runPeer, timeRow, timingRow, type Extent, type Pair, type Row, type SuiteOptions } from './harness.ts'
import type { TrainAnswer, TrainWork } from './ours/train.ts'
import { allShapes, type Shape } from './tables/shapes.ts'
import { withTableFolder } from './tables/table-file.ts'

type Variant = {
  what: string
  bar?: number
  algorithm: TrainWork['algorithm']
  nThreads: number
  nTrees: number
  repetitions: number
}

type Scale = { nRows: number; seeds: number[] }

const MAX_LEAVES = 31
const MIN_SAMPLES_LEAF = 5

/** Rows and data seeds: the larger table takes too long for more than one seed, unless everything is wanted. */
const boostingScales: Record<Extent, Scale[]> = {
  quick: [{ nRows: 100_000, seeds: [1] }],
  standard: [
    { nRows: 200_000, seeds: [1, 2, 3] },
    { nRows: 1_000_000, seeds: [1] },
  ],
  full: [
    { nRows: 200_000, seeds: [1, 2, 3] },
    { nRows: 1_000_000, seeds: [1, 2, 3] },
  ],
}

/** A forest's time is in proportion to its trees, so fewer than 500 give the same ratio sooner. */
const forestScales: Record<Extent, (Scale & { nTrees: number })[]> = {
  quick: [{ nRows: 20_000, seeds: [1], nTrees: 50 }],
  standard: [{ nRows: 200_000, seeds: [1], nTrees: 50 }],
  full: [
    { nRows: 200_000, seeds: [1, 2, 3], nTrees: 500 },
    { nRows: 1_000_000, seeds: [1], nTrees: 50 },
  ],
}

/**
 * Training, in a fresh process for each side, on the same rows: boosting of 100 trees of 31 leaves beside LightGBM with its time and its
 * growth of memory, forests beside scikit-learn, with one thread and with two.
 */
export async function* suite({ extent, wanted, dataRoot, note }: SuiteOptions): AsyncGenerator<Row> {
  if (dataRoot === undefined) note('Without the claims: neither --data-root nor ASSAY_TEST_DATA names the data sets')
  for (const shape of allShapes(dataRoot)) {
    for (const scale of boostingScales[extent]) {
      const where = `${shape.name}, ${scale.nRows} rows`
      const variants = [1, 2].map((nThreads) => boostingVariant(where, nThreads))
      yield* measure({ shape, scale, note, variants: variants.filter(({ what }) => wanted(what)) })
    }
  }
  for (const shape of allShapes(dataRoot)) {
    for (const { nTrees, ...scale } of forestScales[extent]) {
      const where = `${shape.name}, ${scale.nRows} rows, ${nTrees} trees`
      const variants = [
        ...[1, 2].map((nThreads) => forestVariant('random_forest', where, { nThreads, nTrees })),
        forestVariant('extra_trees', where, { nThreads: 1, nTrees }),
      ]
      yield* measure({ shape, scale, note, variants: variants.filter(({ what }) => wanted(what)) })
    }
  }
}

/** As many tries with one thread as with two, or what the second is said to gain would be luck. */
function boostingVariant(where: string, nThreads: number): Variant {
  const what = `boosting, ${where}, ${threads(nThreads)}`
  return { what, bar: 0.75, algorithm: 'gradient_boosting', nThreads, nTrees: 100, repetitions: 5 }
}

function forestVariant(
  algorithm: 'random_forest' | 'extra_trees',
  where: string,
  size: { nThreads: number; nTrees: number },
): Variant {
  const what = `${algorithm.replace('_', ' ')}, ${where}, ${threads(size.nThreads)}`
  return { what, bar: algorithm === 'random_forest' ? 0.33 : undefined, algorithm, ...size, repetitions: 1 }
}

function threads(nThreads: number): string {
  return nThreads === 1 ? 'one thread' : 'two threads'
}

type Measurement = { shape: Shape; scale: Scale; variants: Variant[]; note: SuiteOptions['note'] }
type Sides = { ours: TrainAnswer; theirs: TrainAnswer | undefined }

async function* measure({ shape, scale, variants, note }: Measurement): AsyncGenerator<Row> {
  if (variants.length === 0) return
  const found = variants.map((): Sides[] => [])
  for (const seed of scale.seeds) {
    note(`${shape.name}, ${scale.nRows} rows, seed ${seed}: the rows are written`)
    await withTableFolder(shape.make(scale.nRows, seed), (folder) => {
      variants.forEach((variant, v) => {
        note(`${variant.what}, seed ${seed}`)
        found[v].push(runBoth(folder, variant))
      })
    })
  }
  for (const [v, variant] of variants.entries()) yield* rowsOf(variant, found[v], found[0])
}

function runBoth(folder: string, { algorithm, nThreads, nTrees, repetitions }: Variant): Sides {
  const special = algorithm === 'gradient_boosting' ? { maxLeaves: MAX_LEAVES } : { minSamplesLeaf: MIN_SAMPLES_LEAF }
  const options = { nTrees, nThreads, ...special }
  const work: TrainWork = { folder, algorithm, options, repetitions }
  const ours = runOurs<TrainAnswer>('train', work)
  return { ours, theirs: runPeer<TrainAnswer>('train', { folder, algorithm, repetitions, ...options }) }
}

/** The time, and for boosting with one thread its memory; with two also what the second thread gains. */
function* rowsOf({ what, bar, algorithm, nThreads }: Variant, found: Sides[], oneThread: Sides[]): Generator<Row> {
  const pairs = found.map(({ ours, theirs }): Pair => {
    return { ours: ours.timing, theirs: theirs && { ...theirs.timing, name: theirs.name } }
  })
  const [first] = found
  yield timingRow({ what, unit: 'ms', bar, remark: describeAuc(found) }, pairs)
  if (algorithm !== 'gradient_boosting') return
  if (nThreads === 1) {
    const peer = first.theirs && { name: first.theirs.name, value: first.theirs.growthMb }
    const memory = { what: `${what}: growth of memory`, ours: first.ours.growthMb, unit: 'MB' }
    yield timeRow({ ...memory, bar: peer ? 1 : undefined, peer })
  } else if (oneThread !== found) {
    const gains = found.map(({ ours }, i) => oneThread[i].ours.timing.wallMs / ours.timing.wallMs)
    const gain = gains.reduce((sum, value) => sum + value, 0) / gains.length
    yield {
      ...timeRow({ what: `${what}: times as fast as one`, ours: gain, unit: 'times' }),
      bar: 1.7,
      met: gain >= 1.7,
    }
  }
}

/** Means over the seeds, and each seed's difference, which shows how much of it is noise. */
function describeAuc(found: readonly Sides[]): string {
  const ours = found.map((sides) => sides.ours.rocAuc)
  const theirs = found.flatMap((sides) => (sides.theirs ? [sides.theirs.rocAuc] : []))
  const mean = (values: number[]): string => (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(4)
  if (theirs.length < ours.length) return `ROC-AUC held out ${mean(ours)}`
  const differences = ours.map((value, i) => value - theirs[i])
  const signed = differences.map((value) => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`)
  return `ROC-AUC held out ${mean(ours)} / ${mean(theirs)} (${signed.join(', ')})`
}
