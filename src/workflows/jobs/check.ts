import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import {
  parseContract,
  readDataset,
  toLearningSet,
  validateLanded,
  type Contract,
  type DataColumns,
  type LearningSet,
} from '../../data/index.ts'
import { loadModel, serialiseModel, takeRows, trainModel, type TrainInput } from '../../learn/index.ts'
import { AssayError } from '../../errors/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import { resolveProject } from '../project/load-project.ts'
import { trainingOptions, type TrainingSettings } from '../project/training.ts'
import { makeWorkFolder, type IngestOutput } from './ingest.ts'
import type { Job, JobContext } from './job.ts'
import { land } from './land.ts'

export type CheckInput = {
  project: ResolvedProject
  artifactDir: string
  nThreads: number
  roots?: string[]
  /** the version that the project names as its data */
  dataset?: Pick<IngestOutput, 'dataset' | 'contractYaml'>
}

export type Check = { name: string; passed: boolean; output: string }

/** Rows that the checks read from the source: enough to go through the whole feature pipeline, quick on any file. */
const FIXTURE_ROWS = 1_000

/** The default checks of stage 2. Each runs for itself; a failure is a result, not an end. */
export const checkJob: Job<CheckInput, { checks: Check[] }> = {
  name: 'check',
  async run(input, context) {
    const { project, artifactDir, nThreads } = input
    const directory = await makeWorkFolder(artifactDir)
    const checks: Check[] = []
    const check = async (name: string, body: () => Promise<string>) => {
      context.progress(checks.length, 3, name)
      try {
        checks.push({ name, passed: true, output: await body() })
      } catch (error) {
        // The output is kept with the run, and shown: no cell of the data may stand in it.
        const output = error instanceof AssayError ? error.messageToKeep : (error as Error).message
        checks.push({ name, passed: false, output })
      }
    }
    try {
      await check('configuration', () => checkConfiguration(project))
      let contract: Contract | undefined
      let fixture: DataColumns | undefined
      await check('contract', async () => {
        const first = await readFirstRows(input, directory, context)
        contract = first.contract
        const told = checkContract(project, contract)
        fixture = await first.read()
        return told
      })
      await check('feature pipeline', async () => {
        if (!contract || !fixture) throw new Error('there is no data to run it on: see the check of the contract')
        return runFixture({ project, nThreads }, toLearningSet(fixture, contract), context)
      })
      return { checks }
    } finally {
      await fs.rm(directory, { recursive: true, force: true })
    }
  },
}

async function checkConfiguration(project: ResolvedProject): Promise<string> {
  const { contractYaml: _, foldsPath: __, ...given } = project
  await resolveProject({ ...given, contract: undefined, folds: undefined }, { folder: '.', file: project.name })
  return `project ${project.name}, model ${project.model}, target ${project.target}, profile ${project.profile}`
}

/** The contract, and the first valid rows, of the dataset version or of the source. */
async function readFirstRows(
  { project, artifactDir, roots, dataset }: CheckInput,
  directory: string,
  context: JobContext,
) {
  if (dataset) {
    const artifacts = await openArtifacts(artifactDir)
    const file = artifacts.path(dataset.dataset.artifact)
    return { contract: parseContract(dataset.contractYaml), read: () => readDataset(file, { maxRows: FIXTURE_ROWS }) }
  }
  const { landed, contract } = await land({ settings: project, directory, maxRows: FIXTURE_ROWS, roots }, context)
  // The rows are thrown away after the checks: any key will do, and pseudonyms of none that is kept.
  const privacyKey = { id: 'check', secret: randomBytes(32) }
  const valid = async () => (await validateLanded(landed, contract, { directory, privacyKey })).validPath
  return { contract, read: async () => readDataset(await valid()) }
}

const originOf: Partial<Record<string, string>> = { synthetic: 'shipped', dataset: 'of the dataset' }

function checkContract(project: ResolvedProject, contract: Contract): string {
  const target = contract.columns.find((column) => column.role === 'target')
  if (target?.name !== project.target)
    throw new Error(`the contract's target is ${target?.name ?? 'not set'}; wanted ${project.target}`)
  const nFeatures = contract.columns.filter((column) => column.role === 'feature').length
  if (nFeatures === 0) throw new Error('the contract has no feature column')
  const origin = project.contractYaml ? 'committed' : (originOf[project.data.kind] ?? 'inferred')
  return `${origin}, ${contract.columns.length} columns, ${nFeatures} features, ${contract.rules.length} rules`
}

/** A model of each algorithm, small where its size can be set. */
const FIXTURE_OPTIONS: TrainingSettings['options'] = {
  random_forest: { nTrees: 5 },
  gradient_boosting: { nTrees: 5 },
}

/** Trains a small model of each algorithm on the first rows, writes it to bytes, reads it back and scores: the same bits must come out. */
async function runFixture(
  { project, nThreads }: { project: ResolvedProject; nThreads: number },
  { table, y, target, positive }: LearningSet,
  context: JobContext,
): Promise<string> {
  const rows = Int32Array.from({ length: Math.min(100, table.nRows) }, (_, i) => i)
  for (const algorithm of project.training.algorithms) {
    context.progress(2, 3, `feature pipeline, ${algorithm}`)
    const options = trainingOptions({ ...project.training, options: FIXTURE_OPTIONS }, algorithm, nThreads)
    const model = await trainModel({ table, y, target, positive, algorithm, options } as TrainInput)
    const before = model.predict(takeRows(table, rows))
    const after = loadModel(serialiseModel(model)).predict(takeRows(table, rows))
    if (!before.every((score, i) => Object.is(score, after[i])))
      throw new Error(`a stored model of ${algorithm} scores differently`)
  }
  return `${table.nRows} rows, ${table.columns.length} features; stored and loaded models of ${project.training.algorithms.join(', ')} give the same ${rows.length} scores`
}
