// Contributions against background rows. In a leaf of value v, of the features of its path
//
//   a are met by the row alone, b by the background row alone, and the rest by both (else neither row can come there);
//   each of the a gets v (a - 1)! b! / (a + b)!, each of the b gets -v a! (b - 1)! / (a + b)!
//
// A tree is walked once, depth first, with all rows together. Rows that meet the same features of the path so far are a class; at a
// split a class parts in two. Each class knows which background rows are alive to it: those that meet what it misses. Where none
// is, no leaf below has anything to say to its rows. So what the leaves below a node have in common is found out once, and a leaf
// counts once for all rows of a class, over the background rows that it is about.
import { ALIVE, allOf, BackgroundJob, BackgroundSplit, Frame, FRAME_BYTES, NO_CHILD, RowClass } from './background'
import { descend, enter } from './background-classes'
import { addLeaf } from './background-leaf'

/** Adds the contributions to all rows, a chunk of them at a time, tree by tree. */
export function shapAgainstBackground(job: BackgroundJob): void {
  for (let first: u32 = 0; first < job.nRows; first += job.chunkRows) {
    const nRows = min(job.chunkRows, job.nRows - first)
    for (let i: u32 = 0; i < nRows; i++) store<u32>(<usize>job.order + (<usize>i << 2), first + i)
    for (let t: u32 = 0; t < job.nTrees; t++) walk(job, load<u32>(<usize>job.trees + (<usize>t << 2)), nRows)
  }
}

function walk(job: BackgroundJob, root: u32, nRows: u32): void {
  const wordBytes = <usize>job.nWords << 3
  const all = changetype<RowClass>(<usize>job.classes)
  all.mask = 0
  all.begin = job.order
  all.end = job.order + (nRows << 2)
  const alive = <usize>job.classes + ALIVE
  for (let w: u32 = 0; w < job.nWords; w++) {
    const nLeft = <i32>job.nBackground - <i32>(w << 6)
    const word = nLeft > 0 ? allOf(<u32>min(nLeft, 64)) : 0
    store<u64>(alive + (<usize>w << 3), word)
    store<u64>(<usize>job.union + (<usize>w << 3), word)
  }
  memory.fill(<usize>job.masks, 0, <usize>job.nBackground << 3)

  let level: i32 = 0
  const frames = <usize>job.frames
  const first = changetype<Frame>(frames)
  first.split = root
  first.classes = job.classes
  first.endClasses = job.classes + <u32>(ALIVE + wordBytes)
  enter(job, first, 0)
  while (level >= 0) {
    const frame = changetype<Frame>(frames + <usize>level * FRAME_BYTES)
    if (frame.nSidesDone == 2) {
      level--
      continue
    }
    const isRight = frame.nSidesDone++
    const split = changetype<BackgroundSplit>(<usize>frame.split)
    const child = isRight ? split.right : split.left
    const value = isRight ? split.rightValue : split.leftValue
    if (child == NO_CHILD || (!child && value == 0)) continue
    const end = descend(job, frame, level, isRight)
    if (end == frame.endClasses) continue
    if (!child) {
      addLeaf(job, frame.endClasses, end, split.nSlots, value, <u32>level + 1)
      continue
    }
    level++
    const below = changetype<Frame>(frames + <usize>level * FRAME_BYTES)
    below.split = child
    below.classes = frame.endClasses
    below.endClasses = end
    enter(job, below, level)
  }
}
