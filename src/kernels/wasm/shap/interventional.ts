// Contributions against background rows. In a leaf of value v, of the features of its path
//
//   a are met by the row alone, b by the background row alone, and the rest by both (else neither row can come there);
//   each of the a gets v (a - 1)! b! / (a + b)!, each of the b gets -v a! (b - 1)! / (a + b)!
//
// A leaf asks for one set of bins of each feature on its path, so a row is a mask of the conditions it meets. Equal masks are
// counted once among the background rows and computed once among the others: O(leaves x features on a path) a row, and
// O(different masks of the background) for each mask of the rows.

@unmanaged
export class ShapLeaf {
  /** Its conditions, CONDITION_BYTES each. */
  conditions: u32
  /** At most 64. */
  nConditions: u32
  /** Its value, divided by the number of background rows. */
  value: f64
}

@unmanaged
export class BackgroundJob {
  /** ShapLeaf of each leaf. */
  leaves: u32
  nLeaves: u32
  /** Rows of bins. */
  rows: u32
  nRows: u32
  nFeatures: u32
  /** Added to: contributions, float64, row by row. */
  values: u32
  /** Background rows of bins. */
  background: u32
  nBackground: u32
  /** a! b! / (a + b + 1)! as float64, at 64 a + b. */
  orders: u32
  /** Scratch: 16 bytes for each background row, */
  masks: u32
  /** u32, a power of two that is at least twice the background rows, */
  table: u32
  tableSize: u32
  /** 256 times 65 words of eight bytes, */
  memo: u32
  /** and 256 bytes. */
  isKnown: u32
}

/** Bytes of a condition: the byte of its feature in a row, u32, and a bit for each bin that meets it. */
const CONDITION_BYTES: usize = 36
const LEAF_BYTES: usize = 16

/** Masks whose contributions are kept while a leaf is worked on; more take each other's place. */
const MEMO_SIZE: u32 = 256

/** A mask among the background rows. */
@unmanaged
class Counted {
  mask: u64
  count: u32
  unused: u32
}
const COUNTED_BYTES: usize = 16

@inline
function meets(condition: usize, row: usize): u64 {
  const bin = <usize>load<u8>(row + <usize>load<u32>(condition))
  return (<u64>load<u8>(condition + (bin >> 3), 4) >> <u64>(bin & 7)) & 1
}

@inline
function slotOf(mask: u64, size: u32): u32 {
  return <u32>((mask * 0x9e3779b97f4a7c15) >> 40) & (size - 1)
}

/** Adds the contributions to all rows, leaf by leaf. */
export function shapAgainstBackground(job: BackgroundJob): void {
  for (let i: u32 = 0; i < job.nLeaves; i++) addLeaf(job, changetype<ShapLeaf>(<usize>job.leaves + <usize>i * LEAF_BYTES))
}

function addLeaf(job: BackgroundJob, leaf: ShapLeaf): void {
  const n = leaf.nConditions
  const nMasks = countMasks(job, leaf)
  let met: u64 = 0
  for (let i: u32 = 0; i < nMasks; i++) met |= maskAt(job, i).mask
  const entryBytes: usize = (<usize>n + 1) << 3
  memory.fill(<usize>job.isKnown, 0, <usize>MEMO_SIZE)
  let row = <usize>job.rows
  let values = <usize>job.values
  const rowBytes = <usize>job.nFeatures
  for (const end = row + <usize>job.nRows * rowBytes; row < end; row += rowBytes, values += rowBytes << 3) {
    const mask = maskOf(leaf, row)
    // A condition that neither the row nor any background row meets.
    if ((mask | met) != allOf(n)) continue
    const slot = slotOf(mask, MEMO_SIZE)
    const entry = <usize>job.memo + <usize>slot * entryBytes
    if (!load<u8>(<usize>job.isKnown + <usize>slot) || load<u64>(entry) != mask) {
      store<u8>(<usize>job.isKnown + <usize>slot, 1)
      contributions(job, leaf, mask, nMasks, entry)
    }
    let condition = <usize>leaf.conditions
    for (let at: usize = 8; at < entryBytes; at += 8, condition += CONDITION_BYTES) {
      const value = values + (<usize>load<u32>(condition) << 3)
      store<f64>(value, load<f64>(value) + load<f64>(entry + at))
    }
  }
}

/** The mask of a row that meets all of n conditions. */
@inline
function allOf(n: u32): u64 {
  return ~(<u64>0) >> <u64>(64 - n)
}

@inline
function maskOf(leaf: ShapLeaf, row: usize): u64 {
  let mask: u64 = 0
  let condition = <usize>leaf.conditions
  for (let i: u32 = 0; i < leaf.nConditions; i++, condition += CONDITION_BYTES) mask |= meets(condition, row) << <u64>i
  return mask
}

@inline
function maskAt(job: BackgroundJob, i: u32): Counted {
  return changetype<Counted>(<usize>job.masks + <usize>i * COUNTED_BYTES)
}

/** Collects the different masks of the background rows, in the order in which they come first; how many there are. */
function countMasks(job: BackgroundJob, leaf: ShapLeaf): u32 {
  memory.fill(<usize>job.table, 0, <usize>job.tableSize << 2)
  let nMasks: u32 = 0
  let row = <usize>job.background
  for (let b: u32 = 0; b < job.nBackground; b++, row += <usize>job.nFeatures) {
    const mask = maskOf(leaf, row)
    let slot = slotOf(mask, job.tableSize)
    while (true) {
      const place = <usize>job.table + (<usize>slot << 2)
      const known = load<u32>(place)
      if (!known) {
        const counted = maskAt(job, nMasks++)
        counted.mask = mask
        counted.count = 1
        store<u32>(place, nMasks)
        break
      }
      const counted = maskAt(job, known - 1)
      if (counted.mask == mask) {
        counted.count++
        break
      }
      slot = (slot + 1) & (job.tableSize - 1)
    }
  }
  return nMasks
}

/** What each condition's feature gets in a row of this mask, behind the mask. */
function contributions(job: BackgroundJob, leaf: ShapLeaf, mask: u64, nMasks: u32, entry: usize): void {
  const n = leaf.nConditions
  const values = entry + 8
  store<u64>(entry, mask)
  memory.fill(values, 0, <usize>n << 3)
  const missed = allOf(n) & ~mask
  const b = <usize>popcnt(missed)
  let lost: f64 = 0
  for (let i: u32 = 0; i < nMasks; i++) {
    const counted = maskAt(job, i)
    if (missed & ~counted.mask) continue
    let alone = mask & ~counted.mask
    const a = <usize>popcnt(alone)
    const count = <f64>counted.count
    if (b) lost += count * load<f64>(<usize>job.orders + (((a << 6) + b - 1) << 3))
    if (!a) continue
    const gained = count * load<f64>(<usize>job.orders + ((((a - 1) << 6) + b) << 3))
    for (; alone; alone &= alone - 1) {
      const value = values + (<usize>ctz(alone) << 3)
      store<f64>(value, load<f64>(value) + gained)
    }
  }
  for (let i: u32 = 0; i < n; i++) {
    const value = values + (<usize>i << 3)
    const share = (missed >> <u64>i) & 1 ? -lost : load<f64>(value)
    store<f64>(value, share * leaf.value)
  }
}
