// Who does which piece of a step's work: each thread first what falls to it, then what others have not begun. So nobody waits
// long for a thread that came late or whose processor is slower.
import { BoostJob } from './job'

/** How far a thread is in taking the pieces of one step. All threads begin the same steps in the same order. */
@unmanaged
export class Taking {
  thread: u32
  /** Number of the step. */
  step: u32
  nPieces: u32
  /** Threads whose pieces it has gone through. */
  nDone: u32
  /** Pieces it has looked at of the thread it is with. */
  nSeen: u32
}

/** Begins a step of this many pieces. Threads must have met since the step before. */
export function beginStep(taking: Taking, nPieces: u32): void {
  taking.step++
  taking.nPieces = nPieces
  taking.nDone = taking.nSeen = 0
}

/**
 * The next piece that is this thread's to do, -1 if all have been taken. Each thread has as many pieces that lie together, so that
 * what two threads write seldom shares a cache line, and goes through its own from the first to the last; others help it from the
 * last on.
 */
export function take(job: BoostJob, taking: Taking): i32 {
  const nThreads = job.nThreads
  while (taking.nDone < nThreads) {
    const owner = (taking.thread + taking.nDone) % nThreads
    const first = (owner * taking.nPieces) / nThreads
    const nOwned = ((owner + 1) * taking.nPieces) / nThreads - first
    while (taking.nSeen < nOwned) {
      const seen = taking.nSeen++
      const place = owner == taking.thread ? seen : nOwned - 1 - seen
      if (nThreads == 1) return place
      const claim = <usize>job.claims + <usize>owner * <usize>job.claimBytes + (<usize>place << 2)
      if (atomic.load<u32>(claim) == taking.step) continue
      if (atomic.xchg<u32>(claim, taking.step) != taking.step) return first + place
    }
    taking.nSeen = 0
    taking.nDone++
  }
  return -1
}
