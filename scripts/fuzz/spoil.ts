import { takeRows, type Random } from '../../src/learn/index.ts'
import { pick } from './draw.ts'
import type { FuzzCase } from './fuzz-case.ts'
import { refusedOptions } from './options.ts'

type Spoiler = (fuzzCase: FuzzCase, random: Random) => Pick<FuzzCase, 'data' | 'options'>

const withTable = ({ data, options }: FuzzCase, table: FuzzCase['data']['table']): ReturnType<Spoiler> => ({
  data: { ...data, table },
  options,
})
const withWeights = ({ data, options }: FuzzCase, weights: Float64Array): ReturnType<Spoiler> => ({
  data: { ...data, weights },
  options,
})
const withTargets = ({ data, options }: FuzzCase, y: Float64Array, classes = data.classes): ReturnType<Spoiler> => ({
  data: { ...data, y, ...(classes ? { classes } : {}) },
  options,
})
const oneRow = ({ data, options }: FuzzCase): ReturnType<Spoiler> => ({
  data: { table: takeRows(data.table, Int32Array.of(0)), y: data.y.slice(0, 1) },
  options,
})
/** Targets that a loss does not take. Forests have no loss: they get a row without a number. */
const withLoss = ({ algorithm, data, options }: FuzzCase, loss: string, y: Float64Array): ReturnType<Spoiler> =>
  algorithm === 'gradient_boosting'
    ? { data: { ...data, y }, options: { ...options, loss } }
    : { data: { ...data, y: data.y.with(0, NaN) }, options }
const ones = ({ data }: FuzzCase): Float64Array => new Float64Array(data.y.length).fill(1)

/** What must be refused, by the code that says so. */
const spoilers: Record<string, readonly Spoiler[]> = {
  TABLE_NO_FEATURES: [(given) => withTable(given, { ...given.data.table, columns: [] })],
  TABLE_NO_ROWS: [
    ({ data, options }) => ({
      data: { ...data, weights: undefined, table: takeRows(data.table, new Int32Array()), y: new Float64Array() },
      options,
    }),
  ],
  TABLE_COLUMN_REPEATED: [
    (given) => {
      const { nRows, columns } = given.data.table
      return withTable(given, { nRows, columns: [...columns, columns[0]] })
    },
  ],
  TABLE_LENGTHS_DIFFER: [
    (given) => {
      const { nRows, columns } = given.data.table
      const short = { kind: 'number' as const, name: 'short', values: new Float64Array(nRows - 1) }
      return withTable(given, { nRows, columns: [...columns, short] })
    },
  ],
  TABLE_CODE_INVALID: [
    (given, random) => {
      const { nRows, columns } = given.data.table
      const codes = new Int32Array(nRows)
      codes[random.below(nRows)] = pick(random, [-2, 1, 2 ** 31 - 1, -(2 ** 31)])
      return withTable(given, { nRows, columns: [...columns, { kind: 'category', name: 'bad', levels: ['a'], codes }] })
    },
  ],
  WEIGHTS_INVALID: [
    (given, random) =>
      withWeights(
        given,
        ones(given).with(random.below(given.data.y.length), pick(random, [NaN, -1, Infinity, 1.1e30])),
      ),
    (given) => withWeights(given, ones(given).slice(1)),
    (given) => withWeights(given, new Float64Array(given.data.y.length)),
  ],
  OPTION_INVALID: [
    ({ data, options }, random) => {
      const name = pick(random, Object.keys(refusedOptions))
      return { data, options: { ...options, [name]: pick(random, refusedOptions[name]) } }
    },
  ],
  OPTION_UNKNOWN: [
    ({ data, options }, random) => ({ data, options: { ...options, [pick(random, ['ntrees', 'toString', ''])]: 1 } }),
  ],
}

/** What is wrong with the targets of one task, and could not be with another's. */
const taskSpoilers: Record<FuzzCase['task'], Record<string, readonly Spoiler[]>> = {
  binary: {
    LABELS_LENGTH_DIFFERS: [(given) => withTargets(given, given.data.y.slice(1))],
    LABEL_INVALID: [(given, random) => withTargets(given, given.data.y.with(random.below(given.data.y.length), 2))],
    LABELS_ONE_CLASS: [
      (given, random) => withTargets(given, new Float64Array(given.data.y.length).fill(random.below(2))),
      oneRow,
    ],
  },
  multiclass: {
    LABELS_LENGTH_DIFFERS: [(given) => withTargets(given, given.data.y.slice(1))],
    CLASSES_INVALID: [
      (given, random) =>
        withTargets(given, given.data.y.with(random.below(given.data.y.length), pick(random, [-1, 255]))),
      (given) => withTargets(given, given.data.y, ['only']),
      (given) => withTargets(given, given.data.y, [...given.data.classes!, 'without rows']),
      (given) => withTargets(given, given.data.y, given.data.classes!.with(1, given.data.classes![0])),
    ],
  },
  regression: {
    TARGETS_INVALID: [
      (given, random) =>
        withTargets(
          given,
          given.data.y.with(random.below(given.data.y.length), pick(random, [NaN, Infinity, -Infinity, 1e16])),
        ),
      (given) => withTargets(given, given.data.y.slice(1)),
      (given) => withLoss(given, 'poisson', given.data.y.with(0, -1)),
      (given) => withLoss(given, 'gamma', given.data.y.with(0, 0)),
      (given) =>
        withLoss(
          given,
          'tweedie',
          given.data.y.map(() => 0),
        ),
    ],
  },
}

/** The same case with one fault, and the code that names it. */
export function spoil(fuzzCase: FuzzCase, random: Random): FuzzCase {
  const all = { ...spoilers, ...taskSpoilers[fuzzCase.task] }
  const code = pick(random, Object.keys(all))
  return { ...fuzzCase, ...pick(random, all[code])(fuzzCase, random), refusedWith: code }
}
