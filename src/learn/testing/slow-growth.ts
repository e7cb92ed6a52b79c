import { MISSING_BIN } from '../../kernels/index.ts'
import { aliasTable } from '../forest/alias-table.ts'
import { createRandom, type Random } from '../random.ts'

/** A tree's work as plain data. Rows, bins and nodes are objects; nothing is shared, packed or reused. */
export type SlowJob = {
  /** Bins of each row. */
  rows: readonly (readonly number[])[]
  nBins: readonly number[]
  isCategory: readonly boolean[]
  /** 0 or 1, or the targets of regression as whole numbers. */
  target: readonly number[]
  /** What the mean of a leaf's targets is multiplied by; absent: 1. */
  leafScale?: number
  isRegression?: boolean
  /** How many classes the target numbers, if more than two. */
  nClasses?: number
  /** How much each row counts, a whole number; with a bootstrap, how likely it is drawn. Absent: 1 each. */
  weights?: readonly number[]
  /** The centres of each number's bins, if thresholds are drawn at random. */
  centres?: readonly (readonly number[])[]
  maxFeatures: number
  minSamplesLeaf: number
  maxDepth: number | null
  bootstrap: boolean
  seed: number
  /** Number of the tree. */
  tree: number
}

/** A node as `readNode` gives it, with the bins that go right in place of words of sets, and the shares of several classes. */
export type SlowNode =
  | { kind: 'leaf'; nSamples: number; value: number | number[] }
  | { kind: 'number'; feature: number; bin: number; missingRight: boolean; left: number }
  | { kind: 'category'; feature: number; right: number[]; missingRight: boolean; left: number }

type Row = { bins: readonly number[]; weight: number; target: number }
type Candidate = {
  score: number
  feature: number
  missingRight: boolean
  bin: number
  isRight: (bin: number) => boolean
}

const weightOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.weight, 0)

/** Exact, then rounded once: targets times weights may have more digits than a float64. */
function sumOf(rows: readonly Row[]): number {
  return Number(rows.reduce((sum, row) => sum + BigInt(row.weight) * BigInt(row.target), 0n))
}

/** The nodes of one tree in the order of the kernel, by the definitions. */
export function slowTree(job: SlowJob): SlowNode[] {
  const random = createRandom(job.seed, job.tree)
  const { sample, others } = drawSample(job, random)
  const thresholds = createRandom(job.seed, 2 ** 31 + job.tree)
  const orders = job.nBins.map((nBins, f) => {
    const bins = Array.from({ length: nBins }, (_, bin) => bin)
    return job.isCategory[f] && !job.centres
      ? orderByMean(
          bins,
          f,
          others.map((row) => ({ ...row, target: orderedTarget(job, row) })),
        )
      : bins
  })
  const features = job.nBins.map((_, f) => f)
  const nodes: SlowNode[] = [{ kind: 'leaf', nSamples: 0, value: 0 }]
  const grow = (index: number, rows: Row[], depth: number): void => {
    const split = isDone(job, rows, depth) ? undefined : findSplit(job, rows, { orders, features, random, thresholds })
    if (!split) {
      nodes[index] = { kind: 'leaf', nSamples: rows.length, value: leafValue(job, rows) }
      return
    }
    const { feature, bin, missingRight, isRight } = split
    const left = nodes.length
    nodes[index] = job.isCategory[feature]
      ? {
          kind: 'category',
          feature,
          right: orders[feature].filter(isRight).toSorted((a, b) => a - b),
          missingRight,
          left,
        }
      : { kind: 'number', feature, bin, missingRight, left }
    nodes.push({ kind: 'leaf', nSamples: 0, value: 0 }, { kind: 'leaf', nSamples: 0, value: 0 })
    const goesRight = (row: Row): boolean =>
      row.bins[feature] === MISSING_BIN ? missingRight : isRight(row.bins[feature])
    const sides = [rows.filter((row) => !goesRight(row)), rows.filter(goesRight)]
    // The smaller side first, the left one of two equal ones.
    const first = sides[1].length < sides[0].length ? 1 : 0
    for (const side of [first, 1 - first]) grow(left + side, sides[side], depth + 1)
  }
  grow(0, sample, 0)
  return nodes
}

function drawSample(job: SlowJob, random: Random): { sample: Row[]; others: Row[] } {
  const weightOf = (row: number): number => (job.bootstrap ? 1 : (job.weights?.[row] ?? 1))
  const rows = job.rows.map((bins, i): Row => ({ bins, weight: weightOf(i), target: job.target[i] }))
  if (!job.bootstrap) return { sample: rows, others: [] }
  const times = rows.map(() => 0)
  const aliases = job.weights && aliasTable(Float64Array.from(job.weights))
  for (let i = 0; i < rows.length; i++) {
    const row = random.below(rows.length)
    times[!aliases || random.below(2 ** 32) < aliases[2 * row] ? row : aliases[2 * row + 1]]++
  }
  const sample = rows.map((row, i) => ({ ...row, weight: times[i] })).filter((row) => row.weight > 0)
  return { sample, others: rows.filter((_, i) => times[i] === 0) }
}

/** Of several classes the trees take one in turn. */
function orderedTarget({ nClasses, tree }: SlowJob, { target }: Row): number {
  return nClasses ? Number(target === tree % nClasses) : target
}

function leafValue({ nClasses, leafScale = 1 }: SlowJob, rows: Row[]): number | number[] {
  if (!nClasses) return Math.fround((sumOf(rows) / weightOf(rows)) * leafScale)
  return classWeights(rows, nClasses).map((weight) => Math.fround(weight / weightOf(rows)))
}

function classWeights(rows: Row[], nClasses: number): number[] {
  return Array.from({ length: nClasses }, (_, k) => weightOf(rows.filter((row) => row.target === k)))
}

/** By the mean among the others, with ten rows of the overall mean added; equal ones by bin. */
function orderByMean(bins: number[], feature: number, others: Row[]): number[] {
  const prior = others.length ? sumOf(others) / weightOf(others) : 0
  const means = bins.map((bin) => {
    const there = others.filter((row) => row.bins[feature] === bin)
    return (sumOf(there) + 10 * prior) / (weightOf(there) + 10)
  })
  return bins.toSorted((a, b) => means[a] - means[b] || a - b)
}

function isDone({ minSamplesLeaf, maxDepth }: SlowJob, rows: Row[], depth: number): boolean {
  if (rows.length < 2 * minSamplesLeaf || (maxDepth !== null && depth >= maxDepth)) return true
  return rows.every((row) => row.target === rows[0].target)
}

type SearchState = { orders: readonly number[][]; features: number[]; random: Random; thresholds: Random }

/** Draws features, keeping the order they were left in by the node before, and keeps the first of the best splits. */
function findSplit(job: SlowJob, rows: Row[], state: SearchState): Candidate | undefined {
  const { orders, features, random, thresholds } = state
  let best: Candidate | undefined
  let varied = false
  for (let drawn = 0; drawn < features.length && (drawn < job.maxFeatures || !varied); drawn++) {
    const there = drawn + random.below(features.length - drawn)
    const feature = features[there]
    features[there] = features[drawn]
    features[drawn] = feature
    if (new Set(rows.map((row) => row.bins[feature])).size < 2) continue
    varied = true
    const found = job.centres
      ? randomCandidates(job, rows, feature, thresholds)
      : [...candidates(job, rows, feature, orders[feature])]
    for (const candidate of found) if (candidate.score > (best?.score ?? -1)) best = candidate
  }
  return best
}

/** One threshold drawn for a number, each level against the rest for a category, if both sides keep enough rows. */
function randomCandidates(job: SlowJob, rows: Row[], feature: number, random: Random): Candidate[] {
  const bins = rows.map((row) => row.bins[feature])
  const present = [...new Set(bins)].filter((bin) => bin !== MISSING_BIN).toSorted((a, b) => a - b)
  const hasMissing = bins.includes(MISSING_BIN)
  const drawn = drawSides(job, present, feature, random)
  const drawnRight = present.length === 1 || (hasMissing && random.below(2 ** 32) % 2 === 1)
  return drawn.flatMap(({ isRight, bin }) => {
    const goesRight = (row: Row) => (row.bins[feature] === MISSING_BIN ? drawnRight : isRight(row.bins[feature]))
    const right = rows.filter(goesRight)
    const left = rows.filter((row) => !right.includes(row))
    if (Math.min(left.length, right.length) < job.minSamplesLeaf) return []
    const missingRight = hasMissing ? drawnRight : left.length < right.length
    return [{ score: score(job, left, rows), feature, missingRight, bin, isRight }]
  })
}

function drawSides(
  job: SlowJob,
  present: readonly number[],
  feature: number,
  random: Random,
): { isRight: (bin: number) => boolean; bin: number }[] {
  if (present.length === 1) return [{ isRight: () => false, bin: MISSING_BIN - 1 }]
  if (job.isCategory[feature]) return present.map((level) => ({ isRight: (bin: number) => bin === level, bin: 0 }))
  const centres = job.centres![feature]
  const [first, last] = [present[0], present.at(-1)!]
  const value = centres[first] + (centres[last] - centres[first]) * random.unit()
  let bin = first
  while (bin + 1 < last && centres[bin + 1] <= value) bin++
  return [{ isRight: (other) => other > bin, bin }]
}

/** Every boundary of one feature that leaves both sides enough rows: missing values right first, then left. */
function* candidates(job: SlowJob, rows: Row[], feature: number, order: readonly number[]): Generator<Candidate> {
  const placeOf = new Map(order.map((bin, place) => [bin, place]))
  const missing = rows.filter((row) => row.bins[feature] === MISSING_BIN)
  const present = rows.filter((row) => row.bins[feature] !== MISSING_BIN)
  const place = (row: Row): number => placeOf.get(row.bins[feature])!
  const places = [...new Set(present.map(place))].toSorted((a, b) => a - b)
  for (const missingLeft of missing.length ? [false, true] : [false]) {
    for (const [i, last] of places.entries()) {
      const isEnd = i + 1 === places.length
      if (isEnd && (missing.length === 0 || missingLeft)) continue
      const boundary = isEnd ? MISSING_BIN - 1 : Math.floor((last + places[i + 1] - 1) / 2)
      const left = [...present.filter((row) => place(row) <= last), ...(missingLeft ? missing : [])]
      const right = [...present.filter((row) => place(row) > last), ...(missingLeft ? [] : missing)]
      if (Math.min(left.length, right.length) < job.minSamplesLeaf) continue
      const missingRight = missing.length ? !missingLeft : left.length < right.length
      const isRight = (bin: number): boolean => placeOf.get(bin)! > boundary
      yield { score: score(job, left, rows), feature, missingRight, bin: boundary, isRight }
    }
  }
}

/** The sum over both sides; what the right one holds is the difference of what all rows and the left one hold. */
function score({ isRegression, nClasses }: SlowJob, left: Row[], all: Row[]): number {
  const [weightL, weight] = [left, all].map(weightOf)
  if (nClasses) {
    const [sharesL, shares] = [left, all].map((rows) => classWeights(rows, nClasses))
    const squares = (weights: readonly number[]): number => weights.reduce((sum, w) => sum + w * w, 0)
    return squares(sharesL) / weightL + squares(shares.map((w, k) => w - sharesL[k])) / (weight - weightL)
  }
  const [sumL, sum] = [left, all].map(sumOf)
  const side = (w: number, s: number): number => {
    const other = isRegression ? 0 : w - s
    return (s * s + other * other) / w
  }
  return side(weightL, sumL) + side(weight - weightL, sum - sumL)
}
