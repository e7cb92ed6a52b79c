// Where the threads of a job wait for each other.

/**
 * Looks at the gate this often, some 20 us, before it sleeps. The usual wait is a few microseconds, a larger one comes of uneven work
 * or of a processor that is shared; to be woken takes longer than either.
 */
const SPINS: u32 = 20_000

/** The generation lies on another cache line than the count. */
const GENERATION: usize = 64

/** Returns once all threads have called it; what any of them wrote before is then seen by all. `barrier` is zero at first. */
export function arrive(barrier: usize, nThreads: u32): void {
  if (nThreads == 1) return
  const gate = barrier + GENERATION
  const generation = atomic.load<i32>(gate)
  if (atomic.add<i32>(barrier, 1) == <i32>nThreads - 1) {
    atomic.store<i32>(barrier, 0)
    atomic.add<i32>(gate, 1)
    atomic.notify(gate, -1)
    return
  }
  for (let spin: u32 = 0; spin < SPINS; spin++) if (atomic.load<i32>(gate) != generation) return
  while (atomic.load<i32>(gate) == generation) atomic.wait<i32>(gate, generation, -1)
}
