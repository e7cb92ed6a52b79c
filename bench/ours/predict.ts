import { trainModel, type Table, type TrainInput } from '../../src/learn/index.ts'
import { readTableFolder } from '../tables/table-file.ts'
import { bestOf, type Timing } from './measure.ts'

export type PredictWork = {
  folder: string
  algorithm: 'gradient_boosting' | 'random_forest'
  options: Record<string, unknown>
  repetitions: number
}
/** Of all rows held out at once, and of so many of them one by one. */
export type PredictAnswer = { name: string; batch: Timing; single: Timing; nSingle: number }

const N_SINGLE = 2_000

const { folder, algorithm, options, repetitions } = JSON.parse(process.argv[2]) as PredictWork
const { train, held } = readTableFolder(folder)
const model = await trainModel({ ...train, target: 'y', positive: '1', algorithm, options } as TrainInput)
const batch = await bestOf(repetitions, () => model.predict(held.table))
const rows = Array.from({ length: N_SINGLE }, (_, row) => rowOf(held.table, row))
const single = await bestOf(repetitions, () => {
  for (const row of rows) model.predictRow(row)
})
const answer: PredictAnswer = { name: 'Assay', batch: batch.timing, single: single.timing, nSingle: N_SINGLE }
console.log(JSON.stringify(answer))

/** A row as a client sends it. */
function rowOf(table: Table, row: number): Record<string, number | string | null> {
  const entries = table.columns.map((column) => {
    if (column.kind === 'number') return [column.name, Number.isNaN(column.values[row]) ? null : column.values[row]]
    return [column.name, column.codes[row] < 0 ? null : column.levels[column.codes[row]]]
  })
  return Object.fromEntries(entries)
}
