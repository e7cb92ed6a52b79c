import type { Algorithm } from '../model/algorithm.ts'
import type { AnyModel } from '../model/any-model.ts'
import { forestKinds, type ForestName, type OptionsOfForest } from './forest-kinds.ts'

/** A kind of forest as an algorithm of some task. */
export function createForestAlgorithm<Name extends ForestName, Fitted extends AnyModel, Data>(
  name: Name,
  parts: Pick<Algorithm<OptionsOfForest<Name>, Fitted, Data>, 'train' | 'codec' | 'trainingBytes'>,
): Algorithm<OptionsOfForest<Name>, Fitted, Data> {
  type Options = OptionsOfForest<Name>
  const resolveOptions = forestKinds[name].resolveOptions as (given: Partial<Options>) => Options
  return { resolveOptions, ...parts, takesBinned: true }
}
