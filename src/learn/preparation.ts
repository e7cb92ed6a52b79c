import { MISSING_BIN } from '../kernels/index.ts'
import { quantileEdges } from './quantile-edges.ts'
import type { CategoryColumn, NumberColumn, Table } from './table.ts'

/**
 * A level seen in fewer training rows has no bin of its own. So few rows say little, and strings that are nearly unique
 * (names, addresses) neither fill the bins nor enter the artifact.
 */
const MIN_LEVEL_ROWS = 5

/** A number's bins: bin = number of edges below the value, compared as float32. min and max are absent if all was missing. */
export type NumberBins = {
  kind: 'number'
  name: string
  format?: 'date'
  edges: Float32Array
  min?: number
  max?: number
}

/** A category's bins: bin i is levels[i]; bin levels.length holds every other level, rare ones and those never seen. */
export type CategoryBins = { kind: 'category'; name: string; levels: string[] }

/** How raw columns become bins 0..254; a missing value has the bin 255. */
export type ColumnBins = NumberBins | CategoryBins

/** The fitted preparation: one entry for each feature, in the order of the training table. Part of the model. */
export type Preparation = readonly ColumnBins[]

/** Learns the bins from training rows alone; does not depend on the order of rows or of a category's dictionary. */
export function fitPreparation(table: Table, maxBins: number): Preparation {
  return table.columns.map((column) =>
    column.kind === 'number' ? fitNumber(column, maxBins) : fitCategory(column, maxBins),
  )
}

function fitNumber({ name, values, format }: NumberColumn, maxBins: number): NumberBins {
  let min = Infinity
  let max = -Infinity
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  const dated = format ? { format } : {}
  const bins: NumberBins = { kind: 'number', name, ...dated, edges: quantileEdges(values, maxBins) }
  return min <= max ? { ...bins, min, max } : bins
}

/** The most frequent levels, ties by name, as far as there are bins; the last bin is kept for the others. */
export function fitCategory({ name, codes, levels }: CategoryColumn, maxBins: number): CategoryBins {
  const counts = new Map<string, number>()
  // Missing values, code -1, are counted in front. The loop runs over every value: for..of takes five times as long.
  const byCode = new Int32Array(levels.length + 1)
  for (let row = 0; row < codes.length; row++) byCode[codes[row] + 1]++
  levels.forEach((level, code) => counts.set(level, (counts.get(level) ?? 0) + byCode[code + 1]))
  const kept = [...counts].filter(([, count]) => count >= MIN_LEVEL_ROWS)
  kept.sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
  return { kind: 'category', name, levels: kept.slice(0, maxBins - 1).map(([level]) => level) }
}

/** How many ordinary bins a feature has. */
export function countBins(bins: ColumnBins): number {
  return bins.kind === 'number' ? bins.edges.length + 1 : bins.levels.length + 1
}

/** The bin of each code of a column with this dictionary; read it at code + 1, so that -1 (missing) has its place. */
export function binsOfCodes(bins: CategoryBins, levels: readonly string[]): Uint8Array {
  const binOf = new Map(bins.levels.map((level, bin) => [level, bin]))
  return Uint8Array.of(MISSING_BIN, ...levels.map((level) => binOf.get(level) ?? bins.levels.length))
}
