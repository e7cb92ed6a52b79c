import { multiclassTreeCodec } from '../../trees/models/tree-codec.ts'
import { forestFormat } from '../codec.ts'
import type { ForestName } from '../forest-kinds.ts'
import type { ForestOptions } from '../options.ts'
import { checkShares } from './check-shares.ts'
import { ForestClasses } from './forest-classes.ts'
import { mergeClasses } from './merge-classes.ts'

type Own = {
  /** How many shares follow the nodes, float32 each; absent in bytes of old, which have all trees once for each class. */
  nShares?: number
}

/** The bytes of a forest of this kind for several classes: behind the trees the share of each class in each leaf. */
export const forestMulticlassCodec = (algorithm: ForestName) =>
  multiclassTreeCodec<ForestOptions, Own, ForestClasses>({
    ...forestFormat(algorithm),
    ownHeader: ({ shares }) => ({ nShares: shares.length }),
    countTrees: ({ classes, nShares }, { nTrees }) => (nShares === undefined ? classes.length * nTrees : nTrees),
    isLeafValue: (value) => value >= 0,
    tail: { countBytes: ({ nShares = 0 }) => 4 * nShares, parts: ({ shares }) => [shares] },

    restore(parts, { classes, nShares }, tail) {
      const nClasses = classes.length
      if (nShares === undefined) {
        const { trees, shares } = mergeClasses(parts.trees, nClasses)
        return new ForestClasses({ ...parts, trees }, { nClasses, shares })
      }
      const shares = new Float32Array(tail.buffer, tail.byteOffset, nShares)
      checkShares(parts.trees, { nClasses, shares })
      return new ForestClasses(parts, { nClasses, shares })
    },
  })
