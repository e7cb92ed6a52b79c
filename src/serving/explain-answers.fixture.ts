import type { PrepareAnswers } from '../threads/index.ts'

/** Waits at a gate until it is opened, and dies. */
export const prepareAnswers: PrepareAnswers<Int32Array<SharedArrayBuffer>, unknown, never> = (gate) => () => {
  Atomics.wait(gate, 0, 0)
  process.exit(7)
}
