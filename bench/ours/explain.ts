import { TreeExplainer } from '../../src/explain/index.ts'
import { takeRows, trainModel, treeEnsembleOf, type Table, type TrainInput } from '../../src/learn/index.ts'
import { readTableFolder } from '../tables/table-file.ts'
import { bestOf, type Timing } from './measure.ts'

export type ExplainKind = 'path-dependent' | 'interventional' | 'interactions'
export type ExplainWork = {
  folder: string
  algorithm: 'gradient_boosting' | 'random_forest'
  options: Record<string, unknown>
  kind: ExplainKind
  nRows: number
  nBackground: number
  repetitions: number
}
export type ExplainAnswer = { name: string; timing: Timing; nLeaves: number }

const { folder, algorithm, options, kind, nRows, nBackground, repetitions } = JSON.parse(process.argv[2]) as ExplainWork
const { train, held } = readTableFolder(folder)
const model = await trainModel({ ...train, target: 'y', positive: '1', algorithm, options } as TrainInput)
const ensemble = treeEnsembleOf(model)
if (!ensemble) throw new Error(`${algorithm} has no trees`)
const firstRows = (table: Table, n: number): Table =>
  takeRows(
    table,
    Int32Array.from({ length: n }, (_, row) => row),
  )
const background = kind === 'interventional' ? { background: firstRows(train.table, nBackground) } : {}
const explainer = new TreeExplainer(ensemble, background)
const rows = firstRows(held.table, nRows)
const { timing } = await bestOf(repetitions, () =>
  kind === 'interactions' ? explainer.interactions(rows) : explainer.explain(rows),
)
const { nLeaves } = model.describe() as { nLeaves: number }
console.log(JSON.stringify({ name: 'Assay', timing, nLeaves } satisfies ExplainAnswer))
