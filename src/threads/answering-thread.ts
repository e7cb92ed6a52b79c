import type { Worker } from 'node:worker_threads'
import { startWorker } from './start-worker.ts'
import type { AnsweringInput, RequestMessage, WorkerMessage } from './task.ts'

/** Why there is no answer; `cause` is what ended the thread, where that is known. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
  /** full: as many wait as may; ended: the thread died over this request; closed: nobody answers any more. */
  readonly reason: 'full' | 'ended' | 'closed'

  constructor(reason: NoAnswerError['reason'], message: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
  }
}

export type AnsweringThreadOptions = {
  /** URL of a module that exports `prepareAnswers` (see `PrepareAnswers`). */
  module: URL
  /** Made at each start, given to the thread by structured clone. */
  input: () => unknown
  /** Requests that may wait behind the one that is answered. */
  maxWaiting: number
}

type Asked<Request> = {
  request: Request
  resolve(answer: unknown): void
  reject(error: unknown): void
}

/**
 * One thread that stays and answers requests in their order, one at a time, while the caller's event loop stays free. It starts
 * with the first request; while it has nothing to do it does not keep the process alive. Should it end over a request, that
 * request is rejected and the next one starts another thread; those that wait go on there.
 */
export class AnsweringThread<Request, Answer> {
  readonly #options: AnsweringThreadOptions
  readonly #waiting = new Set<Asked<Request>>()
  #worker: Worker | undefined
  #current: Asked<Request> | undefined
  #task = 0
  #isClosed = false

  constructor(options: AnsweringThreadOptions) {
    this.#options = options
  }

  get maxWaiting(): number {
    return this.#options.maxWaiting
  }

  /**
   * The thread's answer. Aborting rejects at once with the signal's reason: what waits is not begun, what is begun is finished
   * for nobody.
   * @throws NoAnswerError, and what the module throws, as structured clone leaves it
   */
  ask(request: Request, { signal }: { signal?: AbortSignal } = {}): Promise<Answer> {
    return new Promise<unknown>((resolve, reject) => {
      signal?.throwIfAborted()
      if (this.#isClosed) throw new NoAnswerError('closed', 'The thread was closed.')
      if (this.#current && this.#waiting.size >= this.maxWaiting)
        throw new NoAnswerError('full', `${this.maxWaiting} requests wait, and no more may.`)
      const abort = (): void => {
        this.#waiting.delete(asked)
        reject(signal!.reason)
      }
      const settle = <Value>(act: (value: Value) => void) => {
        return (value: Value): void => {
          signal?.removeEventListener('abort', abort)
          act(value)
        }
      }
      const asked = { request, resolve: settle(resolve), reject: settle(reject) }
      signal?.addEventListener('abort', abort, { once: true })
      this.#waiting.add(asked)
      this.#next()
    }) as Promise<Answer>
  }

  /** Ends the thread at once; who still waits is rejected. Resolves when the thread is gone. */
  async close(): Promise<void> {
    this.#isClosed = true
    const closed = new NoAnswerError('closed', 'The thread was closed before it answered.')
    const left = [...(this.#current ? [this.#current] : []), ...this.#waiting]
    this.#current = undefined
    this.#waiting.clear()
    left.forEach(({ reject }) => reject(closed))
    await this.#worker?.terminate()
  }

  #next(): void {
    if (this.#current) return
    const [asked] = this.#waiting
    if (!asked) return this.#worker?.unref()
    this.#waiting.delete(asked)
    this.#current = asked
    try {
      this.#worker ??= this.#start()
      this.#worker.ref()
      this.#worker.postMessage({ task: ++this.#task, request: asked.request } satisfies RequestMessage, [])
    } catch (error) {
      // What cannot be cloned, or no thread could be made.
      this.#settle((current) => current.reject(error))
    }
  }

  #start(): Worker {
    const { module, input } = this.#options
    const data = { module: module.href, input: input() } satisfies AnsweringInput
    const worker = startWorker(new URL('./answering-worker.ts', import.meta.url), data)
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'report' || message.task !== this.#task) return
      this.#settle(({ resolve, reject }) => (message.type === 'done' ? resolve(message.result) : reject(message.error)))
    })
    const end = (reason: string, cause?: unknown): void => {
      // It ended before, by its error, and another may work already.
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#settle(({ reject }) => reject(new NoAnswerError('ended', `The thread ended (${reason})`, cause)))
    }
    worker.on('error', (error) => end(error instanceof Error ? error.message : String(error), error))
    worker.on('exit', (code) => end(`exit code ${code}`))
    return worker
  }

  #settle(act: (current: Asked<Request>) => void): void {
    const current = this.#current
    this.#current = undefined
    if (current) act(current)
    this.#next()
  }
}
