import { multiclassTreeCodec } from '../../trees/models/tree-codec.ts'
import { forestFormat } from '../codec.ts'
import type { ForestName } from '../forest-kinds.ts'
import type { ForestOptions } from '../options.ts'
import { ForestClasses } from './forest-classes.ts'

/** The bytes of a forest of this kind for several classes. */
export const forestMulticlassCodec = (algorithm: ForestName) =>
  multiclassTreeCodec<ForestOptions, object, ForestClasses>({
    ...forestFormat(algorithm),
    countTrees: ({ classes }, { nTrees }) => classes.length * nTrees,
    restore: (parts, { classes }) => new ForestClasses(parts, classes.length),
  })
