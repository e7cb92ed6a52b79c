import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import type { CategoryColumn, Column, NumberColumn, Table } from '../../src/learn/index.ts'
import sets from './sets.json' with { type: 'json' }

export type SetName = keyof typeof sets

export const setNames = Object.keys(sets) as SetName[]

type SetSpec = { file: string; header?: string[]; numbers: string[]; categories: string[] }

/** A public data set with its given folds. */
export type FoldedSet = { table: Table; y: Uint8Array; fold: number[] }

/**
 * Reads a set as it lies in the folder of the data sets: numbers and categories as `sets.json` says (the peer reads the same
 * file), empty cells and NA are missing.
 */
export function readFoldedSet(folder: string, name: SetName): FoldedSet {
  const spec: SetSpec = sets[name]
  const text = fs.readFileSync(path.join(folder, spec.file), 'utf8').replace(/^\uFEFF/, '')
  const lines = text.trim().split(/\r?\n/)
  const cells = lines.map(spec.header ? cutAtSpaces : cutAtCommas)
  const header = spec.header ?? cells.shift()!
  const columnOf = (column: string): (string | null)[] => {
    const j = header.indexOf(column)
    if (j < 0) throw new Error(`${spec.file} has no column ${column}; it has ${header.join(', ')}`)
    return cells.map((row) => (row[j] === '' || row[j] === 'NA' ? null : row[j]))
  }
  const columns: Column[] = [
    ...spec.numbers.map((column) => numberColumn(column, columnOf(column))),
    ...spec.categories.map((column) => categoryColumn(column, columnOf(column))),
  ]
  const folds = zlib.gunzipSync(fs.readFileSync(path.join(folder, name, 'folds.csv.gz'))).toString('utf8')
  const rows = folds.trim().split(/\r?\n/).slice(1).map(cutAtCommas)
  if (rows.length !== cells.length) throw new Error(`${rows.length} folds for ${cells.length} rows of ${name}`)
  return {
    table: { nRows: cells.length, columns },
    y: Uint8Array.from(rows, (row) => Number(row[2])),
    fold: rows.map((row) => Number(row[1])),
  }
}

function numberColumn(name: string, texts: (string | null)[]): NumberColumn {
  return { kind: 'number', name, values: Float64Array.from(texts, (text) => (text === null ? NaN : Number(text))) }
}

function categoryColumn(name: string, texts: (string | null)[]): CategoryColumn {
  const levels = [...new Set(texts)].filter((text) => text !== null)
  const codeOf = new Map<string | null, number>(levels.map((level, code) => [level, code]))
  return { kind: 'category', name, levels, codes: Int32Array.from(texts, (text) => codeOf.get(text) ?? -1) }
}

/** Cells between commas, in double quotes where they hold one. */
function cutAtCommas(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2])
}

function cutAtSpaces(line: string): string[] {
  return line.trim().split(/\s+/)
}
