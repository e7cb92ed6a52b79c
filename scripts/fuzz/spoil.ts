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
const ones = ({ data }: FuzzCase): Float64Array => new Float64Array(data.y.length).fill(1)

/** What must be refused, by the code that says so. */
const spoilers: Record<string, readonly Spoiler[]> = {
  TABLE_NO_FEATURES: [(given) => withTable(given, { ...given.data.table, columns: [] })],
  TABLE_NO_ROWS: [
    ({ data, options }) => ({
      data: { table: takeRows(data.table, new Int32Array()), y: new Uint8Array(), target: 'y', positive: '1' },
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
  LABELS_LENGTH_DIFFERS: [({ data, options }) => ({ data: { ...data, y: data.y.slice(1) }, options })],
  LABEL_INVALID: [
    ({ data, options }, random) => ({ data: { ...data, y: data.y.with(random.below(data.y.length), 2) }, options }),
  ],
  LABELS_ONE_CLASS: [
    ({ data, options }, random) => ({ data: { ...data, y: data.y.map(() => 0).fill(random.below(2)) }, options }),
    ({ data, options }) => ({
      data: { table: takeRows(data.table, Int32Array.of(0)), y: data.y.slice(0, 1), target: 'y', positive: '1' },
      options,
    }),
  ],
  WEIGHTS_INVALID: [
    (given, random) =>
      withWeights(
        given,
        ones(given).with(random.below(given.data.y.length), pick(random, [NaN, -1, Infinity, 1.1e30])),
      ),
    (given) => withWeights(given, ones(given).slice(1)),
    (given, random) => {
      const label = random.below(2)
      return withWeights(
        given,
        Float64Array.from(given.data.y, (y) => (y === label ? 1 : 0)),
      )
    },
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

/** The same case with one fault, and the code that names it. */
export function spoil(fuzzCase: FuzzCase, random: Random): FuzzCase {
  const isForest = fuzzCase.algorithm === 'random_forest'
  const code = pick(
    random,
    Object.keys(spoilers).filter((code) => !(isForest && code === 'WEIGHTS_INVALID')),
  )
  return { ...fuzzCase, ...pick(random, spoilers[code])(fuzzCase, random), refusedWith: code }
}
