import { flushCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, type Transferable } from 'node:worker_threads'
import { NEXT_TASK, STOPPED, type PrepareTask, type TeamMessage, type WorkerInput } from './task.ts'

/** Takes task numbers from the common counter until there are no more, one fails, or the team was stopped. */
async function work({ module, input, nTasks, control }: WorkerInput): Promise<void> {
  let task = -1
  try {
    const { prepareTask } = (await import(module)) as { prepareTask: PrepareTask<unknown, unknown> }
    // For threads to come: this one may be ended before it would keep what it compiled.
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

function send(message: TeamMessage, transfer?: readonly Transferable[]): void {
  parentPort?.postMessage(message, transfer)
}

let collectGarbage: (() => void) | undefined
let isHolding = false

/** Lets go of memory shared with a team that is done: while a thread waits for the next it would hold it until it happened to clear up. */
function letGo(): void {
  if (!isHolding) return
  isHolding = false
  if (!collectGarbage) {
    setFlagsFromString('--expose-gc')
    collectGarbage = runInNewContext('gc') as () => void
  }
  collectGarbage()
}

function end(): void {
  isHolding = true
  send({ type: 'ended' })
  // A turn later nothing refers to the input any more.
  setImmediate(letGo)
}

parentPort?.on('message', (input: WorkerInput) => {
  // The next team may come before the turn is over.
  letGo()
  void work(input).then(end)
})
