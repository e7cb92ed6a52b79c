import { countInto } from '../stats/index.ts'
import { layoutSlots, splitCounts } from './count-layout.ts'
import type { Decision } from './decision.ts'
import { countLatency, N_LATENCY_BUCKETS } from './latency-histogram.ts'
import type { LoadedVersion } from './loaded-version.ts'
import type { InputRow } from './validation.ts'

const MAX_UNBINNED = 256

/** What was counted of one variant in one minute. Its size depends on the number of bins, not on traffic. */
export class MinuteCounts {
  nApproved = 0
  nReferred = 0
  nErrors = 0
  nInvalid = 0
  readonly latency = new Float64Array(N_LATENCY_BUCKETS)
  readonly #loaded: LoadedVersion
  readonly #layout: LoadedVersion['layout']
  readonly #bins: Float64Array<ArrayBuffer>
  #rows: InputRow[] = []
  #scores: number[] = []

  constructor(loaded: LoadedVersion, isBinned: boolean) {
    this.#loaded = loaded
    this.#layout = isBinned ? loaded.layout : undefined
    this.#bins = new Float64Array(this.#layout ? layoutSlots(this.#layout) : 0)
  }

  /** digest of the layout that the bins are counted on; empty when there is none */
  get layout(): string {
    return this.#layout?.digest ?? ''
  }

  /** Rows by bin, as of now. */
  bins(): Float64Array<ArrayBuffer> {
    this.#countRows()
    return this.#bins
  }

  addRow(row: InputRow, score: number, decision: Decision): void {
    if (decision === 'refer') this.nReferred++
    else this.nApproved++
    if (!this.#layout) return
    this.#rows.push(row)
    this.#scores.push(score)
    if (this.#rows.length === MAX_UNBINNED) this.#countRows()
  }

  addLatency(ms: number): void {
    countLatency(this.latency, ms)
  }

  /** Takes over what another minute of the same variant and layout counted. */
  merge(other: MinuteCounts): void {
    this.nApproved += other.nApproved
    this.nReferred += other.nReferred
    this.nErrors += other.nErrors
    this.nInvalid += other.nInvalid
    addInto(this.latency, other.latency)
    addInto(this.bins(), other.bins())
  }

  /** Counting by column over a few hundred rows costs a fraction of counting each row when it comes. */
  #countRows(): void {
    if (!this.#layout || this.#rows.length === 0) return
    const columns = new Map(this.#loaded.table(this.#rows).columns.map((column) => [column.name, column]))
    const parts = splitCounts(this.#layout, this.#bins)
    this.#layout.features.forEach(({ name, bins }, i) => {
      const column = columns.get(name)
      if (column?.kind === bins.kind) countInto(bins, column, parts[i])
    })
    const values = Float64Array.from(this.#scores)
    countInto(this.#layout.score.bins, { kind: 'number', name: 'score', values }, parts.at(-1)!)
    this.#rows = []
    this.#scores = []
  }
}

function addInto(sum: Float64Array, other: Float64Array): void {
  for (let i = 0; i < other.length; i++) sum[i] += other[i]
}
