import { boostBundleFields, boostJobFields, boostPlaceFields, readField, writeRecord } from '../../kernels/index.ts'
import type { JobPlan, JobSize } from './layout.ts'

/** A feature in its bundle's byte: where its bits begin, and how many there are. */
type Member = { feature: number; shift: number; nBits: number }

/** Features that share a byte, that of the lowest bits first, and how many values the byte can have. */
export type Bundle = { members: Member[]; nCells: number }

/**
 * Deals features out to bytes: those of few bins share one, as many as its bits hold, the widest first (first-fit decreasing). What
 * shares a byte is added up at once, and then told apart at the price of a sum over the bits of the others. Bundles come in the order of
 * their first features, so where nothing is shared each feature keeps its place.
 * @param nCells bins of each feature with that of missing values, 1 to 256, shape (nFeatures,)
 * @param mostBits of a byte that is shared, 0 to 8
 */
export function bundleFeatures(nCells: ArrayLike<number>, mostBits: number): Bundle[] {
  const bitsOf = Array.from(nCells, (n) => 32 - Math.clz32(n - 1))
  const widestFirst = [...bitsOf.keys()].sort((a, b) => bitsOf[b] - bitsOf[a] || a - b)
  const bundles: (Bundle & { nBits: number })[] = []
  for (const feature of widestFirst) {
    const nBits = bitsOf[feature]
    let bundle = bundles.find((bundle) => bundle.nBits + nBits <= mostBits)
    if (!bundle) bundles.push((bundle = { members: [], nCells: 0, nBits: 0 }))
    bundle.members.push({ feature, shift: bundle.nBits, nBits })
    bundle.nCells = nCells[feature] << bundle.nBits
    bundle.nBits += nBits
  }
  return bundles.sort((a, b) => firstOf(a) - firstOf(b))
}

const firstOf = ({ members }: Bundle): number => Math.min(...members.map(({ feature }) => feature))

/**
 * Bits of a byte that features share, at most: with few rows for each leaf, telling features apart would take longer than adding them
 * up one by one.
 */
export function mostSharedBits({ nRows, maxLeaves }: Pick<JobSize, 'nRows' | 'maxLeaves'>): number {
  return Math.min(8, Math.max(0, Math.floor(Math.log2(nRows / (2 * maxLeaves)))))
}

type Job = { memory: WebAssembly.Memory; at: Record<keyof JobPlan, number>; size: JobSize }

/**
 * Writes which features share a byte, once it is known how many bins they have, and where each byte's cells begin in a histogram: whole
 * 16 bytes, as the kernels add two cells at a time.
 */
export function layOutBundles({ memory, at, size }: Job): { nBundles: number; histogramBytes: number } {
  const { buffer } = memory
  const nCells = new Uint32Array(buffer, at.nBins, size.nFeatures).map((nBins) => nBins + 1)
  const bundles = bundleFeatures(nCells, mostSharedBits(size))
  const features = new Uint32Array(buffer, at.members, size.nFeatures)
  features.set(bundles.flatMap(({ members }) => members.map(({ feature }) => feature)))
  let offset = 0
  let first = 0
  bundles.forEach(({ members, nCells }, bundle) => {
    const bytes = 16 * Math.ceil(nCells / 2)
    const end = first + members.length
    writeRecord(recordAt(buffer, at.bundles, boostBundleFields, bundle), boostBundleFields, {
      offset,
      bytes,
      first,
      end,
    })
    for (const { feature, shift, nBits } of members) {
      const mask = 2 ** nBits - 1
      writeRecord(recordAt(buffer, at.places, boostPlaceFields, feature), boostPlaceFields, { bundle, shift, mask })
    }
    offset += bytes
    first = end
  })
  return { nBundles: bundles.length, histogramBytes: offset }
}

/** Record `index` of an array of records. */
function recordAt(buffer: ArrayBufferLike, at: number, fields: readonly string[], index: number): Uint32Array {
  return new Uint32Array(buffer, at + 4 * fields.length * index, fields.length)
}

/** Marks the bundles that hold a drawn feature; the others are not added up. */
export function drawBundles({ memory, at, size }: Job, isDrawn: Uint8Array): void {
  const job = new Uint32Array(memory.buffer, at.job, boostJobFields.length)
  const drawn = new Uint8Array(memory.buffer, at.drawnBundles, readField(job, boostJobFields, 'nBundles')).fill(0)
  const places = new Uint32Array(memory.buffer, at.places, boostPlaceFields.length * size.nFeatures)
  isDrawn.forEach((mark, feature) => {
    if (mark) drawn[readField(places.subarray(boostPlaceFields.length * feature), boostPlaceFields, 'bundle')] = 1
  })
}
