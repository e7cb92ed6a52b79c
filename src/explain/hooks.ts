import { AssayError } from '../errors/index.ts'
import type { Progress } from '../learn/index.ts'

export type ExplainHooks = {
  /** Called after each unit of work. */
  progress?: Progress
  /** Looked at before each unit of work. */
  signal?: AbortSignal
}

/** Gives way to the event loop before the next unit of work. @throws EXPLANATION_CANCELLED */
export async function takeTurn({ signal }: ExplainHooks): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (signal?.aborted) throw new AssayError('EXPLANATION_CANCELLED', {}, { cause: signal.reason })
}
