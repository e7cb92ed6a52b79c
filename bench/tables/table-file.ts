import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Column, Table } from '../../src/learn/index.ts'
import type { LabelledTable } from './shapes.ts'

type ColumnHeader = { name: string; kind: 'number' } | { name: string; kind: 'category'; levels: string[] }
type Header = { nTrain: number; nHeld: number; columns: ColumnHeader[] }

/** Rows as both sides of a comparison read them: `header.json`, and for each column a file of its float64 or int32 values. */
export type TableFolder = string

/** Writes a table into a folder of its own, has it used, and removes it. `peers/tables.py` reads the same files. */
export async function withTableFolder<Result>(
  { table, y, nHeld }: LabelledTable,
  use: (folder: TableFolder) => Promise<Result> | Result,
): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-bench-'))
  try {
    const columns = table.columns.map((column): ColumnHeader => {
      const { name, kind } = column
      return kind === 'number' ? { name, kind } : { name, kind, levels: column.levels }
    })
    const header: Header = { nTrain: table.nRows - nHeld, nHeld, columns }
    fs.writeFileSync(path.join(folder, 'header.json'), JSON.stringify(header))
    fs.writeFileSync(path.join(folder, 'y'), y)
    table.columns.forEach((column, c) => {
      fs.writeFileSync(path.join(folder, String(c)), column.kind === 'number' ? column.values : column.codes)
    })
    return await use(folder)
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}

/** The rows to learn from and those held out, as views of the files' bytes: nothing is copied. */
export function readTableFolder(folder: TableFolder): Record<'train' | 'held', { table: Table; y: Uint8Array }> {
  const header = JSON.parse(fs.readFileSync(path.join(folder, 'header.json'), 'utf8')) as Header
  const { nTrain, nHeld } = header
  const y = new Uint8Array(read(folder, 'y'))
  const files = header.columns.map((_, c) => read(folder, String(c)))
  const part = (begin: number, end: number): { table: Table; y: Uint8Array } => {
    const columns = header.columns.map((column, c): Column => {
      if (column.kind === 'number') return { ...column, values: new Float64Array(files[c]).subarray(begin, end) }
      return { ...column, codes: new Int32Array(files[c]).subarray(begin, end) }
    })
    return { table: { nRows: end - begin, columns }, y: y.subarray(begin, end) }
  }
  return { train: part(0, nTrain), held: part(nTrain, nTrain + nHeld) }
}

function read(folder: string, name: string): ArrayBuffer {
  const file = path.join(folder, name)
  const bytes = new Uint8Array(new ArrayBuffer(fs.statSync(file).size))
  const descriptor = fs.openSync(file, 'r')
  try {
    for (let at = 0; at < bytes.length;) at += fs.readSync(descriptor, bytes, at, bytes.length - at, null)
  } finally {
    fs.closeSync(descriptor)
  }
  return bytes.buffer
}
