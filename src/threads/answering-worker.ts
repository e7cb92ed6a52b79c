import { flushCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { AnsweringInput, PrepareAnswers, RequestMessage, WorkerMessage } from './task.ts'

/** Answers requests as they come, for as long as the thread lives. A failure to begin ends it. */
async function serve({ module, input }: AnsweringInput): Promise<void> {
  const { prepareAnswers } = (await import(module)) as { prepareAnswers: PrepareAnswers<unknown, unknown, unknown> }
  // For threads to come: this one may be ended before it would keep what it compiled.
  flushCompileCache()
  const answer = await prepareAnswers(input)
  parentPort!.on('message', async ({ task, request }: RequestMessage) => {
    try {
      send({ type: 'done', task, result: await answer(request) })
    } catch (error) {
      send({ type: 'failed', task, error })
    }
  })
}

function send(message: WorkerMessage): void {
  parentPort!.postMessage(message, [])
}

await serve(workerData as AnsweringInput)
