// How classes of rows part at a split, and which go on to its children.
import {
  ALIVE,
  BackgroundJob,
  BackgroundSplit,
  Frame,
  masksAt,
  RowClass,
  sideAt,
  turnsRight,
} from './background'

/**
 * Prepares a split for both its children: finds which of the background rows in `job.union` still meet its feature on either side,
 * and parts the classes.
 */
export function enter(job: BackgroundJob, frame: Frame, level: u32): void {
  const split = changetype<BackgroundSplit>(<usize>frame.split)
  frame.nSidesDone = 0
  store<u32>(<usize>job.features + (<usize>split.slot << 2), split.feature << 3)
  findSides(job, split, level)
  const classBytes = ALIVE + (<usize>job.nWords << 3)
  for (let at = <usize>frame.classes; at < <usize>frame.endClasses; at += classBytes) {
    const rowClass = changetype<RowClass>(at)
    rowClass.middle = meetsYet(split, rowClass.mask) ? part(job, split, rowClass) : 0
  }
}

/** Whether who has this mask has met the split's feature so far: 1 or 0. */
@inline
function meetsYet(split: BackgroundSplit, mask: u64): u64 {
  return <u64>split.isFirst | ((mask >> <u64>split.slot) & 1)
}

function findSides(job: BackgroundJob, split: BackgroundSplit, level: u32): void {
  const masks = masksAt(job, level)
  const lefts = sideAt(job, level, 0)
  const rights = sideAt(job, level, 1)
  const rowBytes = <usize>job.nFeatures
  for (let w: usize = 0; w < <usize>job.nWords; w++) {
    let rest = load<u64>(<usize>job.union + (w << 3))
    let left: u64 = 0
    let right: u64 = 0
    for (; rest; rest &= rest - 1) {
      const bit = ctz(rest)
      const b = (w << 6) + <usize>bit
      const isRight = turnsRight(split, <usize>job.background + b * rowBytes)
      const meets = meetsYet(split, load<u64>(masks + (b << 3)))
      right |= (meets & isRight) << bit
      left |= (meets & ~isRight) << bit
    }
    store<u64>(lefts + (w << 3), left)
    store<u64>(rights + (w << 3), right)
  }
}

/** Puts the rows of a class that go left before the others; where those begin. */
function part(job: BackgroundJob, split: BackgroundSplit, rowClass: RowClass): u32 {
  const rows = <usize>job.rows
  const rowBytes = <usize>job.nFeatures
  let left = <usize>rowClass.begin
  if (left + 4 == <usize>rowClass.end) {
    return turnsRight(split, rows + <usize>load<u32>(left) * rowBytes) ? <u32>left : <u32>left + 4
  }
  const parted = <usize>job.parted
  let right = parted
  for (let at = left; at < <usize>rowClass.end; at += 4) {
    const row = load<u32>(at)
    const isRight = <usize>turnsRight(split, rows + <usize>row * rowBytes)
    store<u32>(left, row)
    store<u32>(right, row)
    left += (1 - isRight) << 2
    right += isRight << 2
  }
  for (let from = parted, to = left; from < right; from += 4, to += 4) store<u32>(to, load<u32>(from))
  return <u32>left
}

/**
 * Writes the classes that go on to a child behind those of the split, what background rows are alive to one of them into
 * `job.union`, and the masks of these; where the classes end.
 */
export function descend(job: BackgroundJob, frame: Frame, level: u32, isRight: u32): u32 {
  const split = changetype<BackgroundSplit>(<usize>frame.split)
  const side = sideAt(job, level, isRight)
  const wordBytes = <usize>job.nWords << 3
  const bit = <u64>1 << <u64>split.slot
  const union = <usize>job.union
  for (let w: usize = 0; w < wordBytes; w += 16) v128.store(union + w, i64x2.splat(0))
  let out = <usize>frame.endClasses
  for (let at = <usize>frame.classes; at < <usize>frame.endClasses; at += ALIVE + wordBytes) {
    const rowClass = changetype<RowClass>(at)
    const middle = rowClass.middle
    if (!middle) {
      out = goOn(at, rowClass.begin, rowClass.end, rowClass.mask, side, union, wordBytes, out)
      continue
    }
    if (isRight) {
      out = goOn(at, middle, rowClass.end, rowClass.mask | bit, 0, union, wordBytes, out)
      out = goOn(at, rowClass.begin, middle, rowClass.mask & ~bit, side, union, wordBytes, out)
    } else {
      out = goOn(at, rowClass.begin, middle, rowClass.mask | bit, 0, union, wordBytes, out)
      out = goOn(at, middle, rowClass.end, rowClass.mask & ~bit, side, union, wordBytes, out)
    }
  }
  const masks = masksAt(job, level)
  const below = masksAt(job, level + 1)
  for (let w: usize = 0; w < <usize>job.nWords; w++) {
    const meet = load<u64>(side + (w << 3))
    for (let rest = load<u64>(<usize>job.union + (w << 3)); rest; rest &= rest - 1) {
      const b = ctz(rest)
      const place = ((w << 6) + <usize>b) << 3
      store<u64>(below + place, (load<u64>(masks + place) & ~bit) | (((meet >> b) & 1) << <u64>split.slot))
    }
  }
  return <u32>out
}

/**
 * Writes a class at `out`, unless it has no rows or nobody is alive to it any more: of a class that misses the feature only those
 * stay alive that meet it.
 * @param side those, or 0 where the class meets it
 */
@inline
function goOn(
  from: usize,
  begin: u32,
  end: u32,
  mask: u64,
  side: usize,
  union: usize,
  wordBytes: usize,
  out: usize,
): usize {
  if (begin == end) return out
  let any = i64x2.splat(0)
  for (let w: usize = 0; w < wordBytes; w += 16) {
    let alive = v128.load(from + w, ALIVE)
    if (side) alive = v128.and(alive, v128.load(side + w))
    v128.store(out + w, alive, ALIVE)
    v128.store(union + w, v128.or(v128.load(union + w), alive))
    any = v128.or(any, alive)
  }
  if (!v128.any_true(any)) return out
  const rowClass = changetype<RowClass>(out)
  rowClass.mask = mask
  rowClass.begin = begin
  rowClass.end = end
  return out + ALIVE + wordBytes
}
