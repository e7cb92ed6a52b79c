import type { Preparation, TreeEnsemble } from '../../../learn/index.ts'
import { encodeTrees, type PlainTree } from '../encode-trees.ts'

/** A tree of another library. A number goes left up to `threshold`, a category if it is not among `right`. */
export type PeerTree =
  | { value: number; cover: number }
  | { feature: number; threshold: number; missingRight: boolean; children: [PeerTree, PeerTree] }
  | { feature: number; left: number[]; missingRight: boolean; children: [PeerTree, PeerTree] }

/** What to make of them: every category feature has the levels "0", "1" ... */
export type PeerInput = {
  trees: PeerTree[]
  nFeatures: number
  /** Number of levels of each category feature. */
  levels?: Record<number, number>
} & Pick<TreeEnsemble, 'baseScore' | 'scale'>

/** Thresholds become edges of bins; features are named f0, f1 ... */
export function peerEnsemble({ trees, nFeatures, levels = {}, baseScore, scale }: PeerInput): TreeEnsemble {
  const thresholds = Array.from({ length: nFeatures }, () => new Set<number>())
  const collect = (node: PeerTree): void => {
    if ('threshold' in node) thresholds[node.feature].add(floor32(node.threshold))
    if ('children' in node) node.children.forEach(collect)
  }
  trees.forEach(collect)
  const edges = thresholds.map((values) => Float32Array.from(values).sort())
  const plain = (node: PeerTree): PlainTree => {
    if ('value' in node) return node
    const { feature, missingRight } = node
    const common = { feature, missingRight, children: node.children.map(plain) as [PlainTree, PlainTree] }
    if ('threshold' in node) return { ...common, bin: edges[feature].indexOf(floor32(node.threshold)) }
    // The bin behind the levels holds those that are not known, which go right.
    const bins = Array.from({ length: levels[feature] + 1 }, (_, bin) => bin)
    return { ...common, right: bins.filter((bin) => !node.left.includes(bin)) }
  }
  const preparation = edges.map((own, f): Preparation[number] => {
    if (f in levels)
      return { kind: 'category', name: `f${f}`, levels: Array.from({ length: levels[f] }, (_, i) => `${i}`) }
    return { kind: 'number', name: `f${f}`, edges: own }
  })
  return { preparation, trees: encodeTrees(trees.map(plain)), baseScore, scale, unit: 'logOdds' }
}

/** The largest float32 that is not above x: no float32 lies between the two. */
function floor32(x: number): number {
  const near = Math.fround(x)
  return near <= x ? near : below32(near)
}

/** The float32 just below. */
export function below32(x: number): number {
  const bits = new DataView(new ArrayBuffer(4))
  bits.setFloat32(0, x)
  if (x === 0) bits.setInt32(0, -0x7fffffff)
  else bits.setInt32(0, bits.getInt32(0) + (x > 0 ? -1 : 1))
  return bits.getFloat32(0)
}
