import { runOurs, runPeer, timingRow, type Extent, type Pair, type Row, type SuiteOptions } from './harness.ts'
import type { Timing } from './ours/measure.ts'
import type { ExplainAnswer, ExplainKind, ExplainWork } from './ours/explain.ts'
import { mixedShape, numbersShape, type Shape } from './tables/shapes.ts'
import { withTableFolder } from './tables/table-file.ts'

/** The fifth of shap's time. */
const BAR = 0.2
const N_BACKGROUND = 100

type Variant = {
  name: string
  shape: Shape
  algorithm: ExplainWork['algorithm']
  options: { nTrees: number } & ({ maxLeaves: number } | { minSamplesLeaf: number })
  nTrain: number
  /** Rows that are explained, on each side as many as it does in a second or so. */
  nRows: Partial<Record<ExplainKind, { ours: number; theirs: number }>>
}

const boosting = { algorithm: 'gradient_boosting', options: { nTrees: 100, maxLeaves: 31 }, nTrain: 50_000 } as const

const variants: Variant[] = [
  {
    ...boosting,
    name: 'boosting 100 x 31, 20 numbers',
    shape: numbersShape,
    nRows: {
      'path-dependent': { ours: 5_000, theirs: 1_000 },
      interventional: { ours: 1_000, theirs: 100 },
      interactions: { ours: 200, theirs: 50 },
    },
  },
  {
    ...boosting,
    name: 'boosting 100 x 31, 10 numbers + 10 categories, 10 % missing',
    shape: mixedShape,
    nRows: { 'path-dependent': { ours: 5_000, theirs: 1_000 }, interventional: { ours: 1_000, theirs: 100 } },
  },
  {
    name: 'random forest of 100 deep trees, 20 numbers',
    shape: numbersShape,
    algorithm: 'random_forest',
    options: { nTrees: 100, minSamplesLeaf: 5 },
    nTrain: 20_000,
    nRows: { 'path-dependent': { ours: 100, theirs: 20 }, interventional: { ours: 500, theirs: 20 } },
  },
]

const scales: Record<Extent, { seeds: number[]; repetitions: number; share: number }> = {
  quick: { seeds: [1], repetitions: 1, share: 0.1 },
  standard: { seeds: [1, 2, 3], repetitions: 3, share: 1 },
  full: { seeds: [1, 2, 3], repetitions: 5, share: 2 },
}

type Sides = { ours: Timing; theirs: (Timing & { name: string }) | undefined; nLeaves: string }

/** Exact explanation on one thread, beside shap's C extension on trees of the same number and size: microseconds a row. */
export async function* suite({ extent, wanted, note }: SuiteOptions): AsyncGenerator<Row> {
  const { seeds } = scales[extent]
  for (const variant of variants) {
    const kinds = (Object.keys(variant.nRows) as ExplainKind[]).filter((kind) => wanted(`${kind}, ${variant.name}`))
    const found = new Map(kinds.map((kind) => [kind, [] as Sides[]]))
    for (const seed of kinds.length > 0 ? seeds : []) {
      await withTableFolder(variant.shape.make(variant.nTrain, seed, 10_000), (folder) => {
        for (const [kind, sides] of found) {
          note(`${kind}, ${variant.name}, seed ${seed}`)
          sides.push(runBoth({ folder, variant, kind, extent }))
        }
      })
    }
    for (const [kind, sides] of found) {
      const remark = `leaves ${sides[0].nLeaves}`
      yield timingRow(
        { what: `${kind}, ${variant.name}`, unit: 'us a row', bar: BAR, remark },
        sides satisfies Pair[],
        1_000,
      )
    }
  }
}

type Both = { folder: string; variant: Variant; kind: ExplainKind; extent: Extent }

function runBoth({ folder, variant, kind, extent }: Both): Sides {
  const { algorithm, options } = variant
  const { repetitions, share } = scales[extent]
  const rowsOf = (side: 'ours' | 'theirs'): number =>
    Math.max(2, Math.round(share * (variant.nRows[kind]?.[side] ?? 0)))
  const [nOurs, nTheirs] = [rowsOf('ours'), rowsOf('theirs')]
  const common = { folder, algorithm, kind, nBackground: N_BACKGROUND, repetitions }
  const ours = runOurs<ExplainAnswer>('explain', { ...common, options, nRows: nOurs } satisfies ExplainWork)
  const theirs = runPeer<ExplainAnswer>('explain', { ...common, ...options, nRows: nTheirs })
  return {
    ours: perRow(ours.timing, nOurs),
    theirs: theirs && { ...perRow(theirs.timing, nTheirs), name: theirs.name },
    nLeaves: [ours.nLeaves, ...(theirs ? [theirs.nLeaves] : [])].join(' / '),
  }
}

function perRow({ wallMs, processorMs }: Timing, nRows: number): Timing {
  return { wallMs: wallMs / nRows, processorMs: processorMs / nRows }
}
