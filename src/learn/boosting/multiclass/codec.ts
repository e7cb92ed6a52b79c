import { modelBytesInvalid } from '../../model/codec.ts'
import { multiclassTreeCodec } from '../../trees/models/tree-codec.ts'
import { boostedFormat, boostedHeader } from '../codec.ts'
import type { BoostingOptions } from '../options.ts'
import { BoostedClasses } from './boosted-classes.ts'
import { resolveMulticlassOptions } from './options.ts'

type Own = {
  /** One float32 a class, as JSON writes numbers: exactly. */
  baseScores: readonly number[]
  /** Of all classes, class by class. */
  nTrees: number
}

/** The bytes of gradient boosting of several classes. */
export const boostingMulticlassCodec = multiclassTreeCodec<BoostingOptions, Own, BoostedClasses>({
  ...boostedFormat,
  resolveOptions: resolveMulticlassOptions,
  ownHeader: boostedHeader,

  restore(parts, { baseScores, classes, nTrees }) {
    if (baseScores.length !== classes.length || !baseScores.every(Number.isFinite)) {
      throw modelBytesInvalid(`the base scores ${baseScores.join(', ')}`, `${classes.length} finite numbers`)
    }
    if (nTrees % classes.length !== 0) throw modelBytesInvalid(`${nTrees} trees`, `a multiple of ${classes.length}`)
    return new BoostedClasses(parts, baseScores)
  },
})
