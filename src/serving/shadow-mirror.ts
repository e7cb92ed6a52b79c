import { setImmediate as nextTurn } from 'node:timers/promises'

export type ShadowMirrorOptions<Job> = {
  /** Scores and records one mirrored request. What it throws is counted, not passed on. */
  work(job: Job): Promise<void>
  /** rows that wait at most; what comes beyond is dropped and counted */
  maxRows: number
}

/**
 * Mirrored requests wait here and are worked off one at a time after the answer has left. It never throws, never waits and
 * never grows beyond its bound: answers do not notice a shadow, whatever it does.
 */
export class ShadowMirror<Job extends { nRows: number }> {
  readonly #options: ShadowMirrorOptions<Job>
  readonly #jobs: Job[] = []
  #nRows = 0
  #worker: Promise<void> | undefined
  /** rows that found no place, or whose record failed */
  nDropped = 0

  constructor(options: ShadowMirrorOptions<Job>) {
    this.#options = options
  }

  offer(job: Job): void {
    if (this.#nRows + job.nRows > this.#options.maxRows) {
      this.nDropped += job.nRows
      return
    }
    this.#jobs.push(job)
    this.#nRows += job.nRows
    this.#worker ??= this.#workOff()
  }

  /** Resolves when nothing waits. */
  async drain(): Promise<void> {
    while (this.#worker) await this.#worker
  }

  async #workOff(): Promise<void> {
    await nextTurn()
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) {
      try {
        await this.#options.work(job)
      } catch {
        this.nDropped += job.nRows
      }
      this.#nRows -= job.nRows
      await nextTurn()
    }
    this.#worker = undefined
  }
}
