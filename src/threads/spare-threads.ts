import os from 'node:os'
import type { Worker } from 'node:worker_threads'
import { startWorker } from './start-worker.ts'

/** How long a thread without work waits for a team to take it in. Starting another takes some 40 ms, and compiling what it runs more. */
const SPARE_MS = 1_000

const spares = new Map<Worker, NodeJS.Timeout>()

/** A thread of a team without work: the last that began to wait for it, else a new one. */
export function takeThread(): Worker {
  const spare = [...spares.keys()].at(-1)
  if (!spare) return startWorker(new URL('./worker.ts', import.meta.url), undefined)
  forget(spare)
  spare.ref()
  return spare
}

/** Takes back a thread whose work is done. It keeps no process alive, and ends if nobody takes it for a second. */
export function leaveThread(worker: Worker): void {
  unhear(worker)
  if (spares.size >= os.availableParallelism()) return void worker.terminate()
  worker.unref()
  worker.on('error', () => forget(worker))
  worker.on('exit', () => forget(worker))
  const end = (): void => {
    // At once: who asked for a thread before this one is gone would get it.
    forget(worker)
    void worker.terminate()
  }
  spares.set(worker, setTimeout(end, SPARE_MS).unref())
}

function forget(worker: Worker): void {
  unhear(worker)
  clearTimeout(spares.get(worker))
  spares.delete(worker)
}

/** Removes what a team listens with; a worker listens to itself besides. */
function unhear(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}
