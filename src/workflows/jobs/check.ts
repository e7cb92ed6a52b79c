import { toLearningSet, validateAgainst, takeDataRows, formatContract, parseContract } from '../../data/index.ts'
import { loadModel, serialiseModel, takeRows, trainModel } from '../../learn/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import { resolveProject } from '../project/load-project.ts'
import { readSource } from './ingest.ts'
import type { Job } from './job.ts'

export type CheckInput = { project: ResolvedProject; nThreads: number }
export type Check = { name: string; passed: boolean; output: string }

/** Rows that the checks read from the source: enough to go through the whole feature pipeline, quick on any file. */
const FIXTURE_ROWS = 1_000
const FIXTURE_TREES = 5

/** The default checks of stage 2. Each runs for itself; a failure is a result, not an end. */
export const checkJob: Job<CheckInput, { checks: Check[] }> = {
  name: 'check',
  async run({ project, nThreads }, context) {
    const checks: Check[] = []
    const check = async (name: string, body: () => Promise<string>) => {
      context.progress(checks.length, 3, name)
      try {
        checks.push({ name, passed: true, output: await body() })
      } catch (error) {
        checks.push({ name, passed: false, output: (error as Error).message })
      }
    }
    await check('configuration', async () => {
      const { contractYaml: _, dataPath: __, foldsPath: ___, ...given } = project
      await resolveProject({ ...given, contract: undefined, folds: undefined }, { folder: '.', file: project.name })
      return `project ${project.name}, model ${project.model}, target ${project.target}, profile ${project.profile}`
    })
    await check('contract', async () => {
      const { contract } = await readSource(project, context, { maxRows: FIXTURE_ROWS })
      const target = contract.columns.find((column) => column.role === 'target')
      if (target?.name !== project.target)
        throw new Error(`the contract's target is ${target?.name ?? 'not set'}; wanted ${project.target}`)
      const nFeatures = contract.columns.filter((column) => column.role === 'feature').length
      if (nFeatures === 0) throw new Error('the contract has no feature column')
      const origin = project.contractYaml ? 'committed' : project.data.kind === 'synthetic' ? 'shipped' : 'inferred'
      return `${origin}, ${contract.columns.length} columns, ${nFeatures} features, ${contract.rules.length} rules`
    })
    await check('feature pipeline', () => runFixture(project, nThreads, context))
    return { checks }
  },
}

/** Trains a small forest on the first rows, writes it to bytes, reads it back and scores: the same bits must come out. */
async function runFixture(
  project: ResolvedProject,
  nThreads: number,
  context: Parameters<typeof readSource>[1],
): Promise<string> {
  const { columns, contract } = await readSource(project, context, { maxRows: FIXTURE_ROWS })
  const { validRows } = validateAgainst(contract, columns)
  const set = toLearningSet(takeDataRows(columns, validRows), parseContract(formatContract(contract)))
  const { table, y, target, positive } = set
  const model = await trainModel({
    table,
    y,
    target,
    positive,
    algorithm: 'random_forest',
    options: { nTrees: FIXTURE_TREES, seed: 1, nThreads },
  })
  const rows = Int32Array.from({ length: Math.min(100, table.nRows) }, (_, i) => i)
  const before = model.predict(takeRows(table, rows))
  const after = loadModel(serialiseModel(model)).predict(takeRows(table, rows))
  if (!before.every((score, i) => Object.is(score, after[i]))) throw new Error('a stored model scores differently')
  return `${table.nRows} rows, ${table.columns.length} features; a stored and loaded model gives the same ${rows.length} scores`
}
