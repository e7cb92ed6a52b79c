import { toLearningSet, type Contract, type DatasetWarning } from '../../data/index.ts'
import { findIdentifiers, findTraps, type Trap, type TrapInput } from '../../learn/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import type { IngestOutput } from './ingest.ts'
import type { Job } from './job.ts'
import { readVersion, splitSet, timesOf, type SplitSet } from './learning-set.ts'
import { makeFolds } from './training/make-folds.ts'

export type TrapsInput = {
  project: ResolvedProject
  dataset: Pick<IngestOutput, 'dataset' | 'contractYaml'>
  artifactDir: string
}

export type TrapsOutput = {
  traps: Trap[]
  /** identifiers that the contract leaves out of learning: worth knowing, no danger */
  leftOut: DatasetWarning[]
}

/** Looks for what would make a model seem better than it is, over the very folds that it will be judged by. */
export const trapsJob: Job<TrapsInput, TrapsOutput> = {
  name: 'traps',
  async run({ project, dataset, artifactDir }, context) {
    context.progress(0, 2, 'looking for leakage and other traps')
    const { data, contract } = await readVersion(dataset, artifactDir)
    const set = splitSet(project, { data, contract })
    const { table, y, target, time } = set
    const { seed } = project.training
    const besides = toLearningSet(data, withOthersAsFeatures(contract)).table
    const knownSince = contract.columns.find((column) => column.role === 'known_since')?.name
    const traps = findTraps({
      table,
      y,
      target,
      time,
      seed,
      afterDecision: contract.columns
        .filter(({ role, decisionTime }) => role === 'feature' && decisionTime === false)
        .map(({ name }) => name),
      observedAt: knownSince === undefined ? undefined : timesOf(data, knownSince),
      groups: set.group && [{ name: project.group!, codes: set.group }],
      besides: besides.columns.filter(({ name }) => name !== project.group),
      folds: await foldOfRows(project, set),
    })
    context.progress(1, 2, `${traps.length} traps`)
    return { traps, leftOut: identifiersAmong({ table: besides, y, target, time, seed }) }
  },
}

/** The fold in which each row is tested; -1 where it is in none. Folds by time learn from the past alone and are no such table. */
async function foldOfRows(project: ResolvedProject, set: SplitSet): Promise<Int16Array | undefined> {
  if (project.training.split === 'time' && !project.foldsPath) return undefined
  const folds = new Int16Array(set.y.length).fill(-1)
  for (const [k, { test }] of (await makeFolds(project, set)).entries()) for (const row of test) folds[row] = k
  return folds
}

/** The columns that a model does not see, in the place of those that it does. */
function withOthersAsFeatures(contract: Contract): Contract {
  const roleOf = (role: Contract['columns'][number]['role']) =>
    role === 'feature' ? 'ignore' : role === 'ignore' || role === 'id' || role === 'subject' ? 'feature' : role
  return { ...contract, columns: contract.columns.map((column) => ({ ...column, role: roleOf(column.role) })) }
}

function identifiersAmong(input: TrapInput): DatasetWarning[] {
  return findIdentifiers(input).map(({ code, column, message }) => ({
    code,
    column,
    message: `${message} It is left out of learning.`,
  }))
}
