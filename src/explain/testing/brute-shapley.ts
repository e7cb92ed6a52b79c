import { slowShare, type SlowTree } from './slow-trees.ts'

/** What is paid to a set of known features, a bit each. */
export type Game = (known: number) => number

/** The expected value of a tree where only some features are known: both ways by their shares at the others. */
export function pathDependentGame(tree: SlowTree, bins: number[]): Game {
  const expected = (node: SlowTree, known: number): number => {
    if ('value' in node) return node.value
    const { feature, left, right } = node
    if ((known >> feature) & 1) return expected(node.isRight(bins[feature]) ? right : left, known)
    return slowShare(node, left) * expected(left, known) + slowShare(node, right) * expected(right, known)
  }
  return (known) => expected(tree, known)
}

/** The mean value of a tree over background rows whose known features are those of the row. */
export function interventionalGame(tree: SlowTree, bins: number[], background: number[][]): Game {
  const value = (node: SlowTree, mixed: number[]): number =>
    'value' in node ? node.value : value(node.isRight(mixed[node.feature]) ? node.right : node.left, mixed)
  return (known) => {
    const values = background.map((other) =>
      value(
        tree,
        other.map((bin, f) => ((known >> f) & 1 ? bins[f] : bin)),
      ),
    )
    return values.reduce((sum, value) => sum + value, 0) / background.length
  }
}

/** The Shapley values of a game of n players, by their definition: O(n 2^n). */
export function bruteShapley(game: Game, n: number): Float64Array {
  const paid = payments(game, n)
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0
    for (let known = 0; known < 2 ** n; known++) {
      if ((known >> i) & 1) continue
      sum += weight(sizeOf(known), n - 1) * (paid[known | (1 << i)] - paid[known])
    }
    return sum
  })
}

/**
 * SHAP interaction values, shape (n, n), by their definition: half the Shapley interaction index off the diagonal, what is left
 * of the Shapley value on it.
 */
export function bruteInteractions(game: Game, n: number): Float64Array {
  const paid = payments(game, n)
  const phi = bruteShapley(game, n)
  const result = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    result[i * n + i] += phi[i]
    for (let j = 0; j < n; j++) {
      if (i === j) continue
      const [a, b] = [1 << i, 1 << j]
      let index = 0
      for (let known = 0; known < 2 ** n; known++) {
        if (known & (a | b)) continue
        const change = paid[known | a | b] - paid[known | a] - paid[known | b] + paid[known]
        index += weight(sizeOf(known), n - 2) * change
      }
      result[i * n + j] = index / 2
      result[i * n + i] -= index / 2
    }
  }
  return result
}

function payments(game: Game, n: number): Float64Array {
  return Float64Array.from({ length: 2 ** n }, (_, known) => game(known))
}

function sizeOf(known: number): number {
  let size = 0
  for (let rest = known; rest > 0; rest >>= 1) size += rest & 1
  return size
}

/** How much a set of s of the n other players counts: s! (n - s)! / (n + 1)!. */
function weight(s: number, n: number): number {
  let result = 1 / (n + 1)
  for (let k = 1; k <= s; k++) result *= k / (n - s + k)
  return result
}
