// Bundles: features of few bins share a byte, each with bits of its own, and so one histogram over the values of that byte. Rows
// are then added once for all of them. What falls to one feature is a sum over the others' bits; the cells are exact integers, so
// it is the same as if the feature had been added up alone.
import { BoostJob } from './job'

/** Where a feature's bins lie. */
@unmanaged
export class Place {
  bundle: u32
  /** Bit of the bundle's byte at which its bin begins. */
  shift: u32
  /** Its bits, shifted down. */
  mask: u32
}

/** Features that share a byte; one of many bins has it to itself. */
@unmanaged
export class Bundle {
  /** Where its cells begin in a histogram, and how many there are, whole pairs; in bytes. */
  offset: u32
  bytes: u32
  /** Its features are members[first..end). */
  first: u32
  end: u32
}

/** Bytes of a histogram of one feature: any bin, and the missing values. */
export const MARGIN_BYTES: usize = 256 << 3

@inline
export function placeOf(job: BoostJob, feature: u32): Place {
  return changetype<Place>(<usize>job.places + <usize>feature * offsetof<Place>())
}

@inline
export function bundleAt(job: BoostJob, index: u32): Bundle {
  return changetype<Bundle>(<usize>job.bundles + <usize>index * offsetof<Bundle>())
}

/** Feature `index` of all bundles' features, bundle after bundle. */
@inline
export function memberAt(job: BoostJob, index: u32): u32 {
  return load<u32>(<usize>job.members + (<usize>index << 2))
}

/** Where the bundle's first byte lies; those of the next rows follow four bytes apart. */
@inline
export function columnOf(job: BoostJob, bundle: u32): usize {
  return <usize>job.words + (((<usize>(bundle >> 2) * <usize>job.nRows) << 2) + <usize>(bundle & 3))
}

/** The bin in a byte of the feature's bundle. */
@inline
export function binIn(byte: u32, place: Place): u32 {
  return (byte >> place.shift) & place.mask
}

/** Rows that are bundled at a time. */
const CHUNK_ROWS: u32 = 1024

/**
 * Turns the words of rows [begin, end) from one byte for each feature into one for each bundle, in place. Bundles are never more
 * than features, so of the words that a group of bundles overwrites all have been read.
 * @param scratch CHUNK_ROWS words for each group of four features
 */
export function bundleRows(job: BoostJob, scratch: usize, begin: u32, end: u32): void {
  const nGroups = (job.nFeatures + 3) >> 2
  for (let first = begin; first < end; first += CHUNK_ROWS) {
    const n = min(CHUNK_ROWS, end - first)
    for (let group: u32 = 0; group < nGroups; group++) {
      const words = <usize>job.words + ((<usize>group * <usize>job.nRows + <usize>first) << 2)
      memory.copy(scratch + ((<usize>group * CHUNK_ROWS) << 2), words, <usize>n << 2)
    }
    for (let index: u32 = 0; index < job.nBundles; index++) {
      const bundle = bundleAt(job, index)
      const to = columnOf(job, index) + (<usize>first << 2)
      for (let member = bundle.first; member < bundle.end; member++) {
        const feature = memberAt(job, member)
        const from = scratch + ((<usize>(feature >> 2) * CHUNK_ROWS) << 2) + <usize>(feature & 3)
        addBits(from, to, n, placeOf(job, feature).shift)
      }
    }
  }
}

/** Writes bins into their bits of n bytes; the first bits of a byte replace what was there. */
function addBits(from: usize, to: usize, n: u32, shift: u32): void {
  for (const last = from + (<usize>n << 2); from < last; from += 4, to += 4) {
    const others = shift == 0 ? 0 : <u32>load<u8>(to)
    store<u8>(to, <u8>(others | (<u32>load<u8>(from) << shift)))
  }
}

/** A feature's own cells, which lie in its bundle's where it is alone in it, else are summed up in `scratch`. */
export function cellsOf(bundle: Bundle, cells: usize, place: Place, scratch: usize): usize {
  if (bundle.end - bundle.first == 1) return cells
  const bytes = (<usize>place.mask + 1) << 3
  const run = <usize>8 << place.shift
  const last = cells + <usize>bundle.bytes
  memory.fill(scratch, 0, bytes)
  while (cells < last) {
    for (let to = scratch; to < scratch + bytes && cells < last; to += 8) {
      let sum: i64 = 0
      for (const end = min(last, cells + run); cells < end; cells += 8) sum += load<i64>(cells)
      store<i64>(to, load<i64>(to) + sum)
    }
  }
  return scratch
}
