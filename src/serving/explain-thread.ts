import { AssayError } from '../errors/index.ts'
import { compiledKernels } from '../kernels/index.ts'
import { AnsweringThread, NoAnswerError } from '../threads/index.ts'
import type { ExplainAnswer, ExplainRequest, ExplainThreadInput } from './explain-answers.ts'

/** Requests that may wait: at milliseconds each they are soon through, but for the seconds that a large forest is read. */
const MAX_WAITING = 64
const RETRY_AFTER_SECONDS = 1

/** One thread that reads models, builds their explainers, keeps the last few and explains single rows. */
export type ExplainThread = AnsweringThread<ExplainRequest, ExplainAnswer>

/** The thread starts with the first request. */
export function createExplainThread(artifactDir: string): ExplainThread {
  return new AnsweringThread({
    module: new URL('./explain-answers.ts', import.meta.url),
    input: (): ExplainThreadInput => ({ artifactDir, kernels: compiledKernels() }),
    maxWaiting: MAX_WAITING,
  })
}

export type ExplainOptions = {
  /** asked where the version is a linear model that the thread has not loaded */
  meansOf(): Promise<readonly number[] | null>
  signal?: AbortSignal
}

/** @throws what loading and explaining throw; EXPLAINER_BUSY, EXPLAINER_DIED, EXPLAINER_CLOSED; the reason of an aborted signal */
export async function explainIn(
  thread: ExplainThread,
  request: Omit<ExplainRequest, 'means'>,
  { meansOf, signal }: ExplainOptions,
): Promise<Extract<ExplainAnswer, { type: 'explained' }>> {
  const ask = (means?: readonly number[]): Promise<ExplainAnswer> =>
    thread.ask({ ...request, means }, { signal }).catch((error) => {
      throw error instanceof NoAnswerError ? codedOf(error, thread.maxWaiting) : error
    })
  let answer = await ask()
  if (answer.type === 'refused' && answer.code === 'BACKGROUND_MISSING')
    answer = await ask((await meansOf()) ?? undefined)
  if (answer.type === 'refused') throw new AssayError(answer.code, answer.details as never)
  return answer
}

function codedOf(error: NoAnswerError, nWaiting: number): AssayError {
  const options = { cause: error }
  switch (error.reason) {
    case 'full':
      return new AssayError('EXPLAINER_BUSY', { nWaiting, retryAfterSeconds: RETRY_AFTER_SECONDS }, options)
    case 'ended':
      return new AssayError('EXPLAINER_DIED', { reason: error.message }, options)
    case 'closed':
      return new AssayError('EXPLAINER_CLOSED', {}, options)
  }
}
