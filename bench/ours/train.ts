import { rocAucScore, trainModel, type Model, type TrainInput } from '../../src/learn/index.ts'
import { readTableFolder } from '../tables/table-file.ts'
import { bestOf, growthMb, type Timing } from './measure.ts'

export type TrainWork = {
  folder: string
  algorithm: TrainInput['algorithm']
  options: Record<string, unknown>
  repetitions: number
}
export type TrainAnswer = { name: string; timing: Timing; growthMb: number; rocAuc: number }

const work = JSON.parse(process.argv[2]) as TrainWork
const { train, held } = readTableFolder(work.folder)
const input = { ...train, target: 'y', positive: '1', algorithm: work.algorithm, options: work.options } as TrainInput
const fit = (): Promise<Model> => trainModel(input)
// The first fit of a fresh process is also the one whose memory counts.
let growth = 0
let isFirst = true
const { timing, result } = await bestOf(work.repetitions, async () => {
  if (!isFirst) return fit()
  isFirst = false
  const first = await growthMb(fit)
  growth = first.growthMb
  return first.result
})
const rocAuc = rocAucScore(held.y, result.predict(held.table))
console.log(JSON.stringify({ name: 'Assay', timing, growthMb: growth, rocAuc } satisfies TrainAnswer))
