/** What somebody wants memory for. */
export type MemoryRequest = {
  /** who asks, for the others that wait */
  name: string
  /** about how much it will take; what is more than there is comes alone */
  bytes: number
}

/** Memory that was given, until it is given back. */
export type MemoryShare = {
  /** the most that its holder may take: all that is not promised to others */
  limitBytes: number
  /** whether nobody else had any at that time: there is no more to be had */
  isAlone: boolean
  giveBack(): void
}

/** What a request that must wait is told. */
export type MemoryWait = { freeBytes: number; limitBytes: number; holders: readonly string[] }

type Waiting = { request: MemoryRequest; start: () => void }

/**
 * Memory shared out among works that would run at the same time in processes of their own: they run side by side as long as what they
 * ask for together fits, and else one after the other, in the order in which they asked. One that asks for more than there is runs
 * alone, as its estimate may be too high. There is one for a process: others on the machine are seen in what is available.
 */
export class MemoryShares {
  readonly #readAvailable: () => number
  readonly #held = new Set<MemoryRequest>()
  readonly #waiting: Waiting[] = []
  #limitBytes = 0

  /** @param readAvailable bytes that may still be taken; asked when nobody holds any or waits for some */
  constructor(readAvailable: () => number) {
    this.#readAvailable = readAvailable
  }

  /**
   * Resolves once there is room.
   * @param onWait called if there is none yet
   * @throws the signal's reason
   */
  async take(
    request: MemoryRequest,
    { signal, onWait }: { signal: AbortSignal; onWait: (wait: MemoryWait) => void },
  ): Promise<MemoryShare> {
    signal.throwIfAborted()
    // While somebody waits, what ended just before may not have left the machine's memory yet.
    if (this.#held.size === 0 && this.#waiting.length === 0) this.#limitBytes = this.#readAvailable()
    if (this.#waiting.length > 0 || !this.#fits(request)) {
      const holders = [...this.#held].map(({ name }) => name)
      onWait({ freeBytes: this.#freeBytes(), limitBytes: this.#limitBytes, holders })
      await this.#turn(request, signal)
    }
    return this.#give(request)
  }

  #freeBytes(): number {
    let free = this.#limitBytes
    for (const { bytes } of this.#held) free -= bytes
    return Math.max(0, free)
  }

  #fits({ bytes }: MemoryRequest): boolean {
    return this.#held.size === 0 || bytes <= this.#freeBytes()
  }

  #turn(request: MemoryRequest, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(signal.reason as Error)
        this.#wake()
      }
      const start = (): void => {
        signal.removeEventListener('abort', abort)
        // Its memory is held from here on, so that who comes between does not take it.
        this.#held.add(request)
        resolve()
      }
      const waiting = { request, start }
      this.#waiting.push(waiting)
      signal.addEventListener('abort', abort, { once: true })
    })
  }

  #give(request: MemoryRequest): MemoryShare {
    this.#held.add(request)
    const isAlone = this.#held.size === 1
    let others = 0
    for (const held of this.#held) if (held !== request) others += held.bytes
    return {
      limitBytes: Math.max(0, this.#limitBytes - others),
      isAlone,
      giveBack: () => {
        if (this.#held.delete(request)) this.#wake()
      },
    }
  }

  /** Starts those first in line for whom there is room now. */
  #wake(): void {
    while (this.#waiting.length > 0 && this.#fits(this.#waiting[0].request)) {
      this.#waiting.shift()!.start()
    }
  }
}
