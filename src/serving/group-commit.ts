import { AssayError } from '../errors/index.ts'

export type GroupCommitOptions<Row> = {
  /** Makes rows durable. When it resolves they are; when it rejects none is, or nobody knows. */
  write(rows: Row[]): Promise<void>
  /** Is the error the fault of a row, so that the other rows of the group deserve a write of their own? */
  isRowFault?(error: unknown): boolean
  /** how long the first row of a group waits for company */
  windowMs: number
  /** writes under way at once */
  nWriters: number
  /** rows in one write */
  maxRowsPerWrite: number
  /** bounds of what waits or is being written; beyond them `append` refuses */
  maxRows: number
  maxBytes: number
}

type Entry<Row> = { rows: Row[]; sizeBytes: number; resolve(): void; reject(error: unknown): void }

/**
 * Writes that arrive together share one write: the first of a group waits `windowMs`, a write takes all that waits by then, and
 * what arrives while every writer is busy leaves with the next free one. Each caller's promise settles after its own rows are
 * durable. Bounded in rows and bytes; owned by one event loop.
 */
export class GroupCommit<Row> {
  readonly #options: GroupCommitOptions<Row>
  #waiting: Entry<Row>[] = []
  #nRows = 0
  #nBytes = 0
  #nWriting = 0
  #isTimed = false
  #isDue = false
  #onIdle: (() => void)[] = []

  constructor(options: GroupCommitOptions<Row>) {
    this.#options = options
  }

  /** How full it is, 0..1: the larger of its two bounds. */
  get fill(): number {
    return Math.max(this.#nRows / this.#options.maxRows, this.#nBytes / this.#options.maxBytes)
  }

  /** Throws `PREDICTION_LOG_FULL` when so many more rows would not fit: worth asking before the work that makes them. */
  checkRoom(nRows: number, sizeBytes = 0): void {
    const { maxRows, maxBytes } = this.#options
    if (this.#nRows + nRows > maxRows || this.#nBytes + sizeBytes > maxBytes)
      throw new AssayError('PREDICTION_LOG_FULL', { nRows: this.#nRows, maxRows, retryAfterSeconds: 1 })
  }

  /**
   * Resolves once the rows are durable. Rows beyond `maxRowsPerWrite` go in several writes and the promise waits for all.
   * @throws PREDICTION_LOG_FULL beyond the bounds; else whatever `write` threw.
   */
  async append(rows: Row[], sizeBytes: number): Promise<void> {
    this.checkRoom(rows.length, sizeBytes)
    const { maxRowsPerWrite } = this.#options
    if (rows.length <= maxRowsPerWrite) return this.#enqueue(rows, sizeBytes)
    const parts: Promise<void>[] = []
    for (let from = 0; from < rows.length; from += maxRowsPerWrite) {
      const part = rows.slice(from, from + maxRowsPerWrite)
      parts.push(this.#enqueue(part, (sizeBytes * part.length) / rows.length))
    }
    await Promise.all(parts)
  }

  /** Resolves when nothing waits and nothing is being written. */
  drain(): Promise<void> {
    return this.#nWriting === 0 && this.#waiting.length === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#onIdle.push(resolve))
  }

  #enqueue(rows: Row[], sizeBytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, sizeBytes, resolve, reject })
      this.#nRows += rows.length
      this.#nBytes += sizeBytes
      if (this.#isTimed) return
      this.#isTimed = true
      setTimeout(() => {
        this.#isTimed = false
        this.#isDue = true
        this.#pump()
      }, this.#options.windowMs)
    })
  }

  #pump(): void {
    while (this.#isDue && this.#waiting.length > 0 && this.#nWriting < this.#options.nWriters) {
      const group = this.#takeGroup()
      this.#nWriting++
      void this.#writeGroup(group).finally(() => {
        this.#nWriting--
        for (const entry of group) {
          this.#nRows -= entry.rows.length
          this.#nBytes -= entry.sizeBytes
        }
        this.#pump()
      })
    }
    if (this.#waiting.length > 0) return
    this.#isDue = false
    if (this.#nWriting > 0) return
    for (const resolve of this.#onIdle.splice(0)) resolve()
  }

  #takeGroup(): Entry<Row>[] {
    let nRows = 0
    let nEntries = 0
    for (const entry of this.#waiting) {
      nRows += entry.rows.length
      if (nEntries > 0 && nRows > this.#options.maxRowsPerWrite) break
      nEntries++
    }
    return this.#waiting.splice(0, nEntries)
  }

  async #writeGroup(group: Entry<Row>[]): Promise<void> {
    try {
      await this.#options.write(group.flatMap((entry) => entry.rows))
      for (const entry of group) entry.resolve()
    } catch (error) {
      if (group.length > 1 && this.#options.isRowFault?.(error)) await this.#writeEach(group)
      else for (const entry of group) entry.reject(error)
    }
  }

  async #writeEach(group: Entry<Row>[]): Promise<void> {
    for (const entry of group) {
      try {
        await this.#options.write(entry.rows)
        entry.resolve()
      } catch (error) {
        entry.reject(error)
      }
    }
  }
}
