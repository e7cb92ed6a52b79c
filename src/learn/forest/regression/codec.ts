import { finiteBase, regressionTreeCodec } from '../../trees/models/tree-codec.ts'
import { forestFormat } from '../codec.ts'
import type { ForestName } from '../forest-kinds.ts'
import type { ForestOptions } from '../options.ts'
import { ForestRegression } from './forest-regression.ts'

/** The bytes of a forest of this kind for a number. */
export const forestRegressionCodec = (algorithm: ForestName) =>
  regressionTreeCodec<ForestOptions, { baseScore: number }, ForestRegression>({
    ...forestFormat(algorithm),
    ownHeader: (forest) => forest.learned(),
    isLeafValue: (value) => Number.isFinite(value),
    restore: (parts, { baseScore }) => new ForestRegression(parts, finiteBase(baseScore)),
  })
