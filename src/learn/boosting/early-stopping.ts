/** Follows the loss of the rows held out, tree by tree, and says when waiting for a better one is over. */
export class EarlyStopping {
  /** Trees up to the one with the least loss so far. */
  nBest = 0
  #nTrees = 0
  #bestLoss = Infinity
  readonly #patience: number

  /** @param patience how many trees in a row may be without a better loss */
  constructor(patience: number) {
    this.#patience = patience
  }

  /** Takes the loss after one more tree. True once there were `patience` trees after the best. */
  isOver(loss: number): boolean {
    this.#nTrees++
    if (loss < this.#bestLoss) {
      this.#bestLoss = loss
      this.nBest = this.#nTrees
    }
    return this.#nTrees - this.nBest >= this.#patience
  }
}
