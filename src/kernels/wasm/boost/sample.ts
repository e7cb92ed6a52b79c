// Which rows a tree is grown from, and what becomes of the others.
import { IS_CATEGORY, IS_LEAF, MISSING_RIGHT, NODE_BYTES, Node } from '../node'
import { binIn, columnOf, placeOf } from './bundle'
import { BoostJob, scoresOf } from './job'

/** Whether some rows may be left out of a tree. */
@inline
export function isPartial(job: BoostJob): bool {
  return job.held != 0 || job.rowLimit != 0xffffffff
}

/** Well mixed bits of a number: the finaliser of MurmurHash3 (Appleby 2008). */
@inline
export function mix(x: u32): u32 {
  let h = x
  h = (h ^ (h >> 16)) * 0x85ebca6b
  h = (h ^ (h >> 13)) * 0xc2b2ae35
  return h ^ (h >> 16)
}

/** Whether the tree is grown from this row: drawn, and not held out. */
@inline
function isUsed(job: BoostJob, row: u32): bool {
  if (job.held && load<u8>(<usize>job.held + <usize>row)) return false
  return mix(row * 0x9e3779b9 + job.rowKey) <= job.rowLimit
}

/** Writes those of the rows first, first + 1 ... that are used to `rows`. Returns how many. */
export function listUsed(job: BoostJob, first: u32, n: u32, rows: usize): u32 {
  let to = rows
  for (let row = first; row < first + n; row++) {
    if (!isUsed(job, row)) continue
    store<u32>(to, row)
    to += 4
  }
  return <u32>((to - rows) >> 2)
}

/** Adds the tree's values to the scores of those rows that it was not grown from. */
export function addToUnused(job: BoostJob, first: u32, end: u32): void {
  const scores = scoresOf(job)
  for (let row = first; row < end; row++) {
    if (isUsed(job, row)) continue
    const score = scores + (<usize>row << 2)
    store<f32>(score, load<f32>(score) + valueOf(job, row))
  }
}

/** The value of the leaf that a row reaches in the tree just grown. */
function valueOf(job: BoostJob, row: u32): f32 {
  let node = changetype<Node>(job.nodes)
  while (!(node.flags & IS_LEAF)) {
    const feature = <u32>node.feature
    const place = placeOf(job, feature)
    const bin = binIn(<u32>load<u8>(columnOf(job, place.bundle) + (<usize>row << 2)), place)
    let right: u32
    if (bin == load<u32>(<usize>job.nBins + (<usize>feature << 2))) right = u32((node.flags & MISSING_RIGHT) != 0)
    else if (node.flags & IS_CATEGORY) {
      right = (load<u32>(<usize>job.sets + (<usize>(node.payload + (bin >> 5)) << 2)) >> (bin & 31)) & 1
    } else right = u32(bin > <u32>node.bin)
    node = changetype<Node>(<usize>job.nodes + <usize>(node.next + right) * NODE_BYTES)
  }
  return reinterpret<f32>(node.payload)
}
