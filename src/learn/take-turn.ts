import { AssayError } from '../errors/index.ts'

/**
 * Gives way to the caller's event loop, so that timers and messages come through, among them the one that aborts. Work on the caller's
 * thread takes a turn after each column at most.
 * @throws TRAINING_CANCELLED when the signal was aborted
 */
export async function takeTurn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (signal?.aborted) throw new AssayError('TRAINING_CANCELLED', {}, { cause: signal.reason })
}
