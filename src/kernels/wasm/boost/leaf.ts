// The leaves of a tree that grows, as one thread sees them.
import { BoostJob } from './job'
import { Split } from './split'

@unmanaged
export class Leaf {
  nRows: u32
  node: u32
  depth: u32
  /** Number of its histogram. */
  slot: u32
  /** 1 where the split that made it was smoothed. */
  smoothed: u32
  /** What it adds to the scores of its rows. */
  value: f32
  /** Sum over its rows. */
  total: i64
  /** Its value, before the learning rate and in quanta, is to lie between these. */
  least: f64
  most: f64
}

/** Bytes of a leaf: its fields, and from byte 64 its best split. */
export const LEAF_BYTES: usize = 128

/** The leaf's best split; its gain is 0 where there is none. */
@inline
export function splitOf(leaf: Leaf): Split {
  return changetype<Split>(changetype<usize>(leaf) + 64)
}

@inline
export function leafOf(job: BoostJob, thread: u32, index: u32): Leaf {
  return changetype<Leaf>(<usize>job.leaves + <usize>(thread * job.maxLeaves + index) * LEAF_BYTES)
}

/** Where a leaf's rows lie among those of one part. */
@unmanaged
export class Span {
  begin: u32
  end: u32
}

@inline
export function spanOf(job: BoostJob, index: u32, part: u32): Span {
  return changetype<Span>(<usize>job.spans + (<usize>(index * job.nParts + part) << 3))
}

/** Rows of a leaf over all parts; threads have met since they were last divided. */
export function countRows(job: BoostJob, index: u32): u32 {
  let n: u32 = 0
  for (let part: u32 = 0; part < job.nParts; part++) {
    const span = spanOf(job, index, part)
    n += span.end - span.begin
  }
  return n
}

/** The leaf with the best split, the first of equals; -1 if none can be split. */
export function bestLeaf(job: BoostJob, thread: u32, nLeaves: u32): i32 {
  let best = -1
  let gain: f64 = 0
  for (let index: u32 = 0; index < nLeaves; index++) {
    const split = splitOf(leafOf(job, thread, index))
    if (split.gain <= gain) continue
    gain = split.gain
    best = index
  }
  return best
}
