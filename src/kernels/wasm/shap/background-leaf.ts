// What a leaf counts for the classes of rows that come to it.
import { ALIVE, allOf, BackgroundJob, masksAt, RowClass } from './background'

/**
 * Adds what a leaf of n features on its path counts to all rows of the classes.
 *
 * Of few features there are fewer masks than background rows: those are counted by their masks, and a class looks at masks. Which
 * way a leaf takes depends on the tree and the background alone, so that a row's values do not depend on the rows beside it.
 */
export function addLeaf(job: BackgroundJob, classes: u32, end: u32, n: u32, value: f64, level: u32): void {
  const isCounted = n <= job.maxCountedBits
  if (isCounted) countMasks(job, n, level)
  const shares = <usize>job.shares
  const classBytes = ALIVE + (<usize>job.nWords << 3)
  for (let at = <usize>classes; at < <usize>end; at += classBytes) {
    const rowClass = changetype<RowClass>(at)
    const missed = allOf(n) & ~rowClass.mask
    for (let i: usize = 0; i < <usize>n << 3; i += 8) store<f64>(shares + i, 0)
    const lost = isCounted ? addCounted(job, rowClass.mask, missed) : addAlive(job, at, missed, level)
    for (let i: u32 = 0; i < n; i++) {
      const share = shares + (<usize>i << 3)
      store<f64>(share, value * ((missed >> <u64>i) & 1 ? -lost : load<f64>(share)))
    }
    for (let row = <usize>rowClass.begin; row < <usize>rowClass.end; row += 4) addShares(job, load<u32>(row), n)
  }
}

@inline
function addShares(job: BackgroundJob, row: u32, n: u32): void {
  const values = <usize>job.values + ((<usize>row * <usize>job.nFeatures) << 3)
  const features = <usize>job.features
  const shares = <usize>job.shares
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = values + <usize>load<u32>(features + (i << 2))
    store<f64>(value, load<f64>(value) + load<f64>(shares + (i << 3)))
  }
}

function countMasks(job: BackgroundJob, n: u32, level: u32): void {
  const counts = <usize>job.counts
  const masks = masksAt(job, level)
  for (let i: usize = 0; i < <usize>4 << n; i += 4) store<u32>(counts + i, 0)
  for (let w: usize = 0; w < <usize>job.nWords; w++) {
    for (let rest = load<u64>(<usize>job.union + (w << 3)); rest; rest &= rest - 1) {
      const place = counts + (<usize>load<u64>(masks + (((w << 6) + <usize>ctz(rest)) << 3)) << 2)
      store<u32>(place, load<u32>(place) + 1)
    }
  }
}

/** Adds up what each feature that a class meets gets, by the masks of those that meet all it misses; what those each lose. */
@inline
function addCounted(job: BackgroundJob, mask: u64, missed: u64): f64 {
  const nMissed = <usize>popcnt(missed)
  let lost: f64 = 0
  let met = mask
  while (true) {
    const count = load<u32>(<usize>job.counts + (<usize>(missed | met) << 2))
    if (count) lost += addAlone(job, mask & ~met, nMissed, <f64>count)
    if (!met) return lost
    met = (met - 1) & mask
  }
}

/** As `addCounted`, by the background rows that are alive to the class. */
@inline
function addAlive(job: BackgroundJob, rowClass: usize, missed: u64, level: u32): f64 {
  const nMissed = <usize>popcnt(missed)
  const mask = changetype<RowClass>(rowClass).mask
  const masks = masksAt(job, level)
  let lost: f64 = 0
  for (let w: usize = 0; w < <usize>job.nWords; w++) {
    for (let rest = load<u64>(rowClass + (w << 3), ALIVE); rest; rest &= rest - 1) {
      const other = load<u64>(masks + (((w << 6) + <usize>ctz(rest)) << 3))
      lost += addAlone(job, mask & ~other, nMissed, 1)
    }
  }
  return lost
}

/** Adds for so many background rows what each feature gets that the row alone meets; what each that it misses loses. */
@inline
function addAlone(job: BackgroundJob, alone: u64, nMissed: usize, count: f64): f64 {
  const orders = <usize>job.orders
  const nAlone = <usize>popcnt(alone)
  if (nAlone) {
    const gained = count * load<f64>(orders + ((((nAlone - 1) << 6) + nMissed) << 3))
    for (let rest = alone; rest; rest &= rest - 1) {
      const share = <usize>job.shares + (<usize>ctz(rest) << 3)
      store<f64>(share, load<f64>(share) + gained)
    }
  }
  return nMissed ? count * load<f64>(orders + (((nAlone << 6) + nMissed - 1) << 3)) : 0
}
