import { algorithms, binTable, takeRows, type AlgorithmName, type BinnedTable } from '../../../learn/index.ts'
import { trainingOptions } from '../../project/training.ts'
import type { SplitSet } from '../learning-set.ts'
import type { FitSettings } from './fit.ts'

/** Rows of a binned table, as `trainModel` takes them. */
export type BinnedRows = { binned: BinnedTable; rows: Int32Array }

/**
 * The training rows of a learning set, cut into bins once for all that is fitted on some of them: for all folds of an algorithm, and
 * for all algorithms with the same `maxBins`. Edges and levels come from all training rows, never from the hold-out; they say
 * nothing of the target. The final fit does not share: it bins its own rows.
 */
export class SharedBins {
  readonly #settings: FitSettings
  readonly #set: SplitSet
  /** The place of each row among the training rows; -1 for the hold-out. */
  readonly #placeOf: Int32Array
  readonly #byMaxBins = new Map<number, Promise<BinnedTable>>()

  /** How many rows are binned. */
  get nRows(): number {
    return this.#set.train.length
  }

  constructor(settings: FitSettings, set: SplitSet) {
    this.#settings = settings
    this.#set = set
    this.#placeOf = new Int32Array(set.table.nRows).fill(-1)
    set.train.forEach((row, place) => (this.#placeOf[row] = place))
  }

  /**
   * These rows of the learning set, binned.
   * @returns undefined for an algorithm that takes no bins, and where a row is not one to train on: given folds may hold such
   */
  async find(algorithm: AlgorithmName, rows: Int32Array): Promise<BinnedRows | undefined> {
    const { takesBinned, resolveOptions } = algorithms[algorithm]
    if (!takesBinned) return undefined
    const places = rows.map((row) => this.#placeOf[row])
    if (places.includes(-1)) return undefined
    const { project, nThreads } = this.#settings
    const options = resolveOptions(trainingOptions(project.training, algorithm, nThreads))
    return { binned: await this.#bin((options as { maxBins: number }).maxBins), rows: places }
  }

  #bin(maxBins: number): Promise<BinnedTable> {
    const { nThreads } = this.#settings
    const binned =
      this.#byMaxBins.get(maxBins) ?? binTable(takeRows(this.#set.table, this.#set.train), { maxBins, nThreads })
    this.#byMaxBins.set(maxBins, binned)
    return binned
  }
}
