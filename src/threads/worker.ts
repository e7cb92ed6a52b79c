import { flushCompileCache } from 'node:module'
import { parentPort, workerData, type Transferable } from 'node:worker_threads'
import { NEXT_TASK, STOPPED, type PrepareTask, type WorkerInput, type WorkerMessage } from './task.ts'

/** Takes task numbers from the common counter until there are no more, one fails, or the team was stopped. */
async function work({ module, input, nTasks, control }: WorkerInput): Promise<void> {
  let task = -1
  try {
    const { prepareTask } = (await import(module)) as { prepareTask: PrepareTask<unknown, unknown> }
    // For threads to come: this one ends before it would keep what it compiled.
    flushCompileCache()
    const runTask = prepareTask(input)
    while (Atomics.load(control, STOPPED) === 0) {
      task = Atomics.add(control, NEXT_TASK, 1)
      if (task >= nTasks) return
      const { result, transfer } = runTask(task, (value) => send({ type: 'report', value }))
      send({ type: 'done', task, result }, transfer)
    }
  } catch (error) {
    send({ type: 'failed', task, error })
  }
}

function send(message: WorkerMessage, transfer?: readonly Transferable[]): void {
  parentPort?.postMessage(message, transfer)
}

await work(workerData as WorkerInput)
