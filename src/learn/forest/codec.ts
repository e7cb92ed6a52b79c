import { binaryTreeCodec } from '../trees/models/tree-codec.ts'
import { forestKinds, type ForestName } from './forest-kinds.ts'
import { Forest } from './forest.ts'
import type { ForestOptions } from './options.ts'

/** What bytes of a forest of this kind have in common, whatever the task. */
export function forestFormat(algorithm: ForestName) {
  const resolveOptions: (given: Partial<ForestOptions>) => ForestOptions = forestKinds[algorithm].resolveOptions
  return {
    algorithm,
    resolveOptions,
    ownHeader: () => ({}),
    countTrees: (_: object, { nTrees }: { nTrees: number }) => nTrees,
    isLeafValue: isShare,
  }
}

/** Whether it is a share of something. */
export function isShare(value: number): boolean {
  return value >= 0 && value <= 1
}

const createForestCodec = (algorithm: ForestName) =>
  binaryTreeCodec<ForestOptions, object, Forest>({
    ...forestFormat(algorithm),
    restore: (parts) => new Forest(parts),
  })

/** The bytes of forests for two classes. */
export const randomForestCodec = createForestCodec('random_forest')
export const extraTreesCodec = createForestCodec('extra_trees')
