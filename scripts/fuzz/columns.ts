import type { CategoryColumn, Column, NumberColumn, Random, Table } from '../../src/learn/index.ts'
import { chance, normal, pick } from './draw.ts'

/** Kinds of numbers that have gone wrong in somebody's trees. */
const numberKinds: Record<string, (random: Random) => (row: number) => number> = {
  constant: (random) => {
    const value = pick(random, [0, -0, 1, -3.5, 1e300, Infinity, -Infinity])
    return () => value
  },
  'all missing': () => () => NaN,
  few: (random) => {
    const n = 2 + random.below(4)
    return () => random.below(n)
  },
  'many whole': (random) => () => random.below(1000),
  normal: (random) => () => normal(random),
  skewed: (random) => () => (chance(random, 0.97) ? 0 : random.unit()),
  ascending: () => (row) => row,
  infinities: (random) => () => pick(random, [Infinity, -Infinity, 0, 1]),
  denormals: (random) => () => pick(random, [5e-324, 1e-310, 1e-40, -1e-40, -5e-324, 0, 1e-300]),
  huge: (random) => () => normal(random) * pick(random, [1e30, 3.4e38, 1e39, 1e300, Number.MAX_VALUE]),
  'alike as float32': (random) => () => 1 + random.below(20) * 1e-12,
  'neighbours of float32': (random) => () => 1 + random.below(4) * 2 ** -23,
  'signs of zero': (random) => () => (chance(random, 0.5) ? 0 : -0),
  milliseconds: (random) => () => 1.7e12 + random.below(1e9),
  magnitudes: (random) => () => normal(random) * 10 ** (random.below(600) - 300),
}

/** Names that an object has of itself, empty ones, and ones with what a format might cut at. */
const oddNames = ['__proto__', 'constructor', 'toString', 'length', '', ' ', 'a,b', '"', 'ä ö', '\u0000', '0']

/** How many levels a category has, and how many of its rows are likely to hold the first. */
const levelCounts = [1, 2, 3, 4, 5, 12, 60, 254, 255, 300]

/** Columns of a table that names each once; some are copies of others under another name. */
export function drawColumns(random: Random, nRows: number): Column[] {
  const nColumns = pick(random, [1, 1, 2, 3, 3, 4, 5, 6, 17, 33])
  const columns: Column[] = []
  const odd = new Set(chance(random, 0.1) ? oddNames : [])
  for (let c = 0; c < nColumns; c++) {
    const [oddName] = odd
    odd.delete(oddName)
    const name = oddName ?? `c${c}`
    const copied = columns.length > 0 && chance(random, 0.1) ? pick(random, columns) : undefined
    if (copied) columns.push({ ...copied, name })
    else columns.push(chance(random, 0.6) ? drawNumbers(random, name, nRows) : drawCategories(random, name, nRows))
  }
  return columns
}

function drawNumbers(random: Random, name: string, nRows: number): NumberColumn {
  const value = numberKinds[pick(random, Object.keys(numberKinds))](random)
  const missing = drawMissingShare(random)
  const values = Float64Array.from({ length: nRows }, (_, row) => (chance(random, missing) ? NaN : value(row)))
  return chance(random, 0.05) ? { kind: 'number', name, values, format: 'date' } : { kind: 'number', name, values }
}

function drawCategories(random: Random, name: string, nRows: number): CategoryColumn {
  const isHuge = nRows > 10_000 || chance(random, 0.003)
  const nLevels = isHuge ? 65_000 : pick(random, levelCounts)
  const levels = Array.from({ length: nLevels }, (_, level) => `level ${level}`)
  oddNames.slice(0, random.below(nLevels + 1)).forEach((odd, level) => {
    if (level < nLevels && chance(random, 0.3)) levels[level] = odd
  })
  // A dictionary may name a level twice: then both codes mean the same.
  if (nLevels > 2 && chance(random, 0.05)) levels[1] = levels[0]
  const missing = drawMissingShare(random)
  const favours = chance(random, 0.3)
  const draw = (): number => (favours && chance(random, 0.9) ? 0 : random.below(nLevels))
  const codes = Int32Array.from({ length: nRows }, () => (chance(random, missing) ? -1 : draw()))
  return { kind: 'category', name, levels, codes }
}

function drawMissingShare(random: Random): number {
  return pick(random, [0, 0, 0, 0.05, 0.5, 0.95, 1])
}

/** Rows as they come to a fitted model: values out of range, missing, levels never seen, in another order of columns. */
export function drawLaterTable(random: Random, trained: Table): Table {
  const nRows = 12
  const columns = trained.columns.map((column): Column => {
    if (column.kind === 'number') {
      const odd = [NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -0, 3.5e38]
      const value = (): number =>
        chance(random, 0.5) ? pick(random, odd) : column.values[random.below(column.values.length)]
      return { ...column, values: Float64Array.from({ length: nRows }, value) }
    }
    const levels = ['never seen', '', ...column.levels.slice(0, 20)]
    return { ...column, levels, codes: Int32Array.from({ length: nRows }, () => random.below(levels.length + 1) - 1) }
  })
  return { nRows, columns: columns.toReversed() }
}
