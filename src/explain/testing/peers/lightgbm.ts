import type { PeerTree } from './peer-tree.ts'

const IS_CATEGORY = 1
const DEFAULT_LEFT = 2
const MISSING_IS_NAN = 8

/** The trees of a LightGBM model as text (`Booster.model_to_string`). */
export function lightgbmTrees(text: string): PeerTree[] {
  return text
    .split(/^Tree=\d+$/m)
    .slice(1)
    .map((section) => lightgbmTree(new Map(section.split('\n').map((line) => fieldOf(line)))))
}

function fieldOf(line: string): [string, number[]] {
  const [name, values = ''] = line.split('=')
  return [
    name,
    values
      .split(' ')
      .filter(Boolean)
      .map((value) => (value === 'inf' ? Infinity : Number(value))),
  ]
}

function lightgbmTree(fields: Map<string, number[]>): PeerTree {
  const field = (name: string): number[] => fields.get(name) ?? []
  const build = (index: number): PeerTree => {
    if (index < 0) return { value: field('leaf_value')[~index], cover: field('leaf_count')[~index] }
    const feature = field('split_feature')[index]
    const threshold = field('threshold')[index]
    const decision = field('decision_type')[index]
    const children: [PeerTree, PeerTree] = [build(field('left_child')[index]), build(field('right_child')[index])]
    if (decision & IS_CATEGORY) {
      const [begin, end] = field('cat_boundaries').slice(threshold, threshold + 2)
      return { feature, left: bitsOf(field('cat_threshold').slice(begin, end)), missingRight: true, children }
    }
    // A model that saw no missing value takes one for 0.
    const missingRight = decision & MISSING_IS_NAN ? !(decision & DEFAULT_LEFT) : threshold < 0
    return { feature, threshold, missingRight, children }
  }
  return build(field('num_leaves')[0] > 1 ? 0 : -1)
}

function bitsOf(words: number[]): number[] {
  return words.flatMap((word, w) =>
    Array.from({ length: 32 }, (_, bit) => bit)
      .filter((bit) => (word >>> bit) & 1)
      .map((bit) => 32 * w + bit),
  )
}
