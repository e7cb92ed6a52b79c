import type { Worker } from 'node:worker_threads'
import { leaveThread, takeThread } from './spare-threads.ts'
import { STOPPED, type TeamMessage, type WorkerInput, type WorkerMessage } from './task.ts'

/** How long a stopped team may finish the task at hand before its threads are ended. */
const GRACE_MS = 500

/** A task, or the start of a thread, failed. `cause` is what was thrown there. */
export class TaskError extends Error {
  override readonly name = 'TaskError'
  /** Number of the task, -1 if none had begun. */
  readonly task: number

  constructor(task: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(task < 0 ? `A worker thread failed: ${reason}` : `Task ${task} failed in its worker thread: ${reason}`, {
      cause,
    })
    this.task = task
  }
}

export type TeamWork = {
  /** URL of a module that exports `prepareTask` (see `PrepareTask`). */
  module: URL
  /** Given to every thread by structured clone; memory in it is shared if it is a SharedArrayBuffer. */
  input: unknown
  nTasks: number
  /** Threads to use, at least 1; never more than there are tasks. */
  nThreads: number
}

export type TeamHooks = {
  progress?: (done: number, total: number) => void
  /** Called on the caller's thread with what a task reports while it runs. */
  report?: (value: unknown) => void
  /** Aborting rejects with the signal's reason, at once if the threads are idle, else after at most half a second. */
  signal?: AbortSignal
}

/**
 * Runs tasks 0..nTasks-1 on a team of worker threads that take the next number when they are free.
 *
 * Resolves with the results by task number, when all threads are done; they wait a moment for another team. Rejects with a
 * `TaskError` when a task threw (the rest are not begun), or with the signal's reason; then all threads that were still at work
 * have ended. `progress` is called on the caller's thread after each task, with how many are done. The caller's event loop stays
 * free all the time.
 */
export async function runTeam<Result>(work: TeamWork, hooks: TeamHooks = {}): Promise<Result[]> {
  const { signal, progress, report } = hooks
  signal?.throwIfAborted()
  const control = new Int32Array(new SharedArrayBuffer(8))
  const input: WorkerInput = { module: work.module.href, input: work.input, nTasks: work.nTasks, control }
  const results: Result[] = []
  let nDone = 0
  let failure: { error: unknown } | undefined
  let grace: NodeJS.Timeout | undefined
  const workers = new Set<Worker>()

  const stop = (error: unknown): void => {
    failure ??= { error }
    Atomics.store(control, STOPPED, 1)
    grace ??= setTimeout(() => workers.forEach((worker) => void worker.terminate()), GRACE_MS)
  }
  const receive = (message: WorkerMessage): void => {
    if (message.type === 'failed') stop(new TaskError(message.task, message.error))
    if (message.type === 'failed' || failure) return
    try {
      if (message.type === 'report') return report?.(message.value)
      results[message.task] = message.result as Result
      nDone++
      progress?.(nDone, work.nTasks)
    } catch (error) {
      stop(error)
    }
  }
  const abort = (): void => stop(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })

  try {
    const ends = Array.from({ length: Math.min(work.nThreads, work.nTasks) }, () => {
      const worker = takeThread()
      workers.add(worker)
      return new Promise<void>((resolve) => {
        const leave = (): void => {
          workers.delete(worker)
          resolve()
        }
        worker.on('message', (message: TeamMessage) => {
          if (message.type !== 'ended') return receive(message)
          if (failure) return void worker.terminate()
          leaveThread(worker)
          leave()
        })
        worker.on('error', (error) => stop(new TaskError(-1, error)))
        worker.on('exit', leave)
        try {
          worker.postMessage(input, [])
        } catch (error) {
          stop(error)
          void worker.terminate()
        }
      })
    })
    await Promise.all(ends)
  } finally {
    clearTimeout(grace)
    signal?.removeEventListener('abort', abort)
  }
  if (failure) throw failure.error
  if (nDone < work.nTasks) throw new TaskError(-1, `its threads ended after ${nDone} of ${work.nTasks} tasks`)
  return results
}
