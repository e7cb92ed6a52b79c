import type { Preparation } from '../../preparation.ts'
import type { Table } from '../../table.ts'
import { countNodes, type Trees } from '../trees.ts'

/** What any ensemble of trees is fitted as: the trees, the preparation that their splits speak of, and the options. */
export type TreeParts<Options extends object = object> = { preparation: Preparation; options: Options; trees: Trees }

/** What a raw score is that sums of leaves make, and so the contributions of features to it. */
export type RawUnit =
  /** Log-odds of the positive of two classes. */
  | 'logOdds'
  /** The probability of a class. */
  | 'probability'
  /** What is foretold, in the unit of the target. */
  | 'target'
  /** Its natural logarithm. */
  | 'logTarget'
  /** The score of one of several classes before the softmax: differences between two classes are log-odds of the one against the other. */
  | 'softmaxScore'

/** How a sum of leaves becomes a raw score: baseScore + scale · sum. */
export type RawScale = { baseScore: number; scale: number; unit: RawUnit }

/** A fitted ensemble of trees with its preparation: from raw columns to scores, of which each row has one or several. */
export abstract class FittedTrees<Options extends object = object, RowScore = unknown> {
  readonly preparation: Preparation
  /** Options that decide what the trees are; the number of threads does not. */
  readonly options: Options
  readonly trees: Trees

  constructor({ preparation, options, trees }: TreeParts<Options>) {
    this.preparation = preparation
    this.options = options
    this.trees = trees
  }

  /**
   * Scores of all rows. Columns are matched by name; further columns are ignored.
   * O(rows x trees x depth), on the caller's thread.
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  abstract predict(table: Table): Float64Array

  /**
   * The score of one row, equal to that of `predict` bit for bit. null is missing, as is NaN for a number; a category may
   * be given as a string, or as a number or boolean that stands for its text, and a date as its ISO text. A level never seen
   * counts as the others.
   * @throws MODEL_COLUMN_MISSING when a key is absent, MODEL_VALUE_INVALID when a value is of the wrong type
   */
  abstract predictRow(row: Readonly<Record<string, unknown>>): RowScore

  /** How sums of leaves become raw scores. @param k the class, where there are several */
  abstract rawScale(k: number): RawScale

  /** The trees that the raw score comes from. @param k the class, where there are several */
  treesOf(_k: number): Trees {
    return this.trees
  }

  /** What was learned besides the trees, by names that bytes and descriptions use. */
  learned(): object {
    return {}
  }

  /** What it is, for people: options and sizes. */
  describe(): object {
    const { options, preparation, trees } = this
    return { options, nFeatures: preparation.length, ...this.learned(), ...countNodes(trees) }
  }
}
