import type { AnyModel } from '../../model/any-model.ts'
import { modelBytesInvalid, type ModelCodec, type ModelHeader } from '../../model/codec.ts'
import { readTrees, treeHeader, treeParts, type TreeHeader } from '../body.ts'
import type { FittedTrees, TreeParts } from './fitted-trees.ts'
import { BinaryTreeModel, MulticlassTreeModel, RegressionTreeModel, type ClassNames } from './tree-model.ts'

/** What differs between the bytes of one kind of trees and another. `Own` is what only their header says. */
export type TreeFormat<Names extends object, Options extends { nThreads: number }, Own extends object, Fitted> = {
  /** The algorithm's name; artifacts hold it, so it is never changed. */
  algorithm: string
  /** Given options checked and completed, always in the same order. @throws OPTION_INVALID, OPTION_UNKNOWN */
  resolveOptions(given: Partial<Options>): Options
  /** What the header says besides names, options and columns. */
  ownHeader(fitted: Fitted): Own
  /** How many trees there are. */
  countTrees(header: Names & Own, options: Omit<Options, 'nThreads'>): number
  /** What a leaf may say. */
  isLeafValue(value: number): boolean
  /** What follows the trees in the body, where anything does. */
  tail?: { countBytes(header: Names & Own): number; parts(fitted: Fitted): ArrayBufferView[] }
  /**
   * Puts together what was read.
   * @param tail what followed the trees, at a multiple of 4 in its buffer
   * @throws MODEL_BYTES_INVALID for a header or a tail that does not fit
   */
  restore(parts: TreeParts<Omit<Options, 'nThreads'>>, header: Names & Own, tail: Uint8Array<ArrayBuffer>): Fitted
}

/** The trees of a task, as bytes know them. */
type TreeTask<Names extends object, Fitted, TaskModel> = {
  /** Behind the algorithm's name, so that names differ between tasks. */
  suffix: string
  Model: new (algorithm: string, names: Names, fitted: Fitted) => TaskModel
  readNames(header: Names): Names
}

/** The bytes of trees that score two classes: names, options and columns in the header, see `trees/body.ts` for the rest. */
export function binaryTreeCodec<
  Options extends { nThreads: number },
  Own extends object,
  Fitted extends BinaryTreeModel['fitted'],
>(format: TreeFormat<BinaryTreeModel['names'], Options, Own, Fitted>): ModelCodec<BinaryTreeModel<Fitted>> {
  const readNames = ({ target, positive }: BinaryTreeModel['names']) => ({ target, positive })
  return createTreeCodec({ suffix: '', Model: BinaryTreeModel<Fitted>, readNames }, format)
}

/** The bytes of trees that foretell a number: as those for two classes, under a name of their own. */
export function regressionTreeCodec<
  Options extends { nThreads: number },
  Own extends object,
  Fitted extends RegressionTreeModel['fitted'],
>(format: TreeFormat<RegressionTreeModel['names'], Options, Own, Fitted>): ModelCodec<RegressionTreeModel<Fitted>> {
  const readNames = ({ target }: RegressionTreeModel['names']) => ({ target })
  return createTreeCodec({ suffix: '.regression', Model: RegressionTreeModel<Fitted>, readNames }, format)
}

/** The bytes of trees for several classes: as those for two, under a name of their own. */
export function multiclassTreeCodec<
  Options extends { nThreads: number },
  Own extends object,
  Fitted extends MulticlassTreeModel['fitted'],
>(format: TreeFormat<ClassNames, Options, Own, Fitted>): ModelCodec<MulticlassTreeModel<Fitted>> {
  const readNames = ({ target, classes }: ClassNames): ClassNames => {
    if (classes.length < 2) throw modelBytesInvalid(`${classes.length} classes`, 'at least 2')
    return { target, classes }
  }
  return createTreeCodec({ suffix: '.multiclass', Model: MulticlassTreeModel<Fitted>, readNames }, format)
}

function createTreeCodec<
  Names extends object,
  Options extends { nThreads: number },
  Own extends object,
  Fitted extends FittedTrees,
  TaskModel extends AnyModel & { names: Names; fitted: Fitted },
>(
  { suffix, Model, readNames }: TreeTask<Names, Fitted, TaskModel>,
  { algorithm, resolveOptions, ...format }: TreeFormat<Names, Options, Own, Fitted>,
): ModelCodec<TaskModel> {
  const name = `${algorithm}${suffix}`
  return {
    algorithm: name,
    accepts: (model): model is TaskModel => model instanceof Model && model.algorithm === algorithm,

    encode({ names, fitted }) {
      const { preparation, trees } = fitted
      const { nThreads: _, ...options } = resolveOptions(fitted.options)
      const own = format.ownHeader(fitted)
      const header = { algorithm: name, ...names, options, ...own, ...treeHeader(preparation, trees) }
      return { header, parts: [...treeParts(preparation, trees), ...(format.tail?.parts(fitted) ?? [])] }
    },

    decode(given, body) {
      const header = given as ModelHeader & Names & { options: Partial<Options> } & Own & TreeHeader
      const names = readNames(header)
      const { nThreads: _, ...options } = resolveOptions(header.options)
      const nTrees = format.countTrees(header, options)
      const tailAt = Math.max(0, body.length - (format.tail?.countBytes(header) ?? 0))
      const { preparation, trees } = readTrees(header, body.subarray(0, tailAt), nTrees, format.isLeafValue)
      const fitted = format.restore({ preparation, options, trees }, header, body.subarray(tailAt))
      return new Model(algorithm, names, fitted)
    },
  }
}

/** A number of the header, as JSON writes numbers: exactly. @throws MODEL_BYTES_INVALID for anything else */
export function finiteBase(baseScore: number): number {
  if (!Number.isFinite(baseScore)) throw modelBytesInvalid(`the base score ${baseScore}`, 'a finite number')
  return baseScore
}
