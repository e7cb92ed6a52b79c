import { algorithmNames } from '../../learn/index.ts'
import { withBranches, type PipelineDefinition, type StepDefinition } from '../../pipelines/index.ts'
import { readAvailableMemoryBytes } from '../../platform/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import { approval } from './approval.ts'
import { commit } from './commit.ts'
import { dataValidation } from './data-validation.ts'
import type { StageDeps } from './deps.ts'
import { evaluate } from './evaluate.ts'
import { fullTrain } from './full-train.ts'
import { logRun } from './log-run.ts'
import { MemoryShares } from './memory-shares.ts'
import { promote } from './promote.ts'
import { quickTrain } from './quick-train.ts'
import { rehearseRollback } from './rehearse-rollback.ts'
import { shadow } from './shadow.ts'
import { branchName } from './stage-results.ts'
import { staging } from './staging.ts'
import { tests } from './tests.ts'
import { trainBranch } from './train-branch.ts'

const MINUTE_MS = 60_000
const here = (file: string) => new URL(`./${file}.ts`, import.meta.url)
const brief = { retries: 2, timeoutMs: 2 * MINUTE_MS }
const long = { retries: 1, timeoutMs: 120 * MINUTE_MS }

/**
 * The claims CI/CD pipeline: from a commit to a champion, in twelve stages that read in the order they happen. Stage 6 has a branch for
 * every algorithm there is; a run has those of its project (`ofProject`).
 */
export function claimsPipeline(deps: StageDeps): PipelineDefinition {
  const steps = [...integrate(deps), ...deliver(deps), ...deploy(deps)]
  return { name: 'claims', version: 2, groups: ['CI', 'CD', 'Deploy'], steps }
}

/** The pipeline as a run of a project walks it: with the branches of the algorithms that the project lists, in its order. */
export function ofProject(definition: PipelineDefinition, { training }: Pick<ResolvedProject, 'training'>) {
  return withBranches(definition, FULL_TRAIN, training.algorithms.map(branchName))
}

const FULL_TRAIN = 'full_train'

const integrate = (deps: StageDeps): StepDefinition[] => [
  {
    name: 'commit',
    title: 'Commit',
    group: 'CI',
    role: 'data engineer',
    needs: [],
    ...brief,
    description: 'Records commit, author, message and changed files.',
    source: here('commit'),
    run: commit,
  },
  {
    name: 'tests',
    title: 'Tests',
    group: 'CI',
    role: 'data engineer',
    needs: ['commit'],
    ...brief,
    description: 'Runs the project’s checks: configuration, contract, the feature pipeline on fixture rows.',
    source: here('tests'),
    run: tests(deps),
  },
  {
    name: 'data_validation',
    title: 'Data validation',
    group: 'CI',
    role: 'data engineer',
    needs: ['tests'],
    ...long,
    description:
      'Holds the source against the contract, quarantines what breaks it, makes a dataset version, looks for leakage and other traps.',
    source: here('data-validation'),
    run: dataValidation(deps),
  },
  {
    name: 'quick_train',
    title: 'Quick train',
    group: 'CI',
    role: 'model trainer',
    needs: ['data_validation'],
    ...long,
    description: 'Trains on a stratified sample, so that what cannot work fails early.',
    source: here('quick-train'),
    run: quickTrain(deps),
  },
  {
    name: 'log',
    title: 'Log',
    group: 'CI',
    role: 'MLOps engineer',
    needs: ['data_validation', 'quick_train'],
    ...brief,
    description: 'Writes the CI run to tracking.',
    source: here('log-run'),
    run: logRun,
  },
]

const branches = (deps: StageDeps, memory = new MemoryShares(readAvailableMemoryBytes)): StepDefinition[] =>
  algorithmNames.map((algorithm) => ({
    name: branchName(algorithm),
    title: titleOf(algorithm),
    branchOf: FULL_TRAIN,
    group: 'CD',
    role: 'model trainer',
    needs: ['data_validation', 'log'],
    ...long,
    description: 'Cross-validates one algorithm over the project’s folds, beside the others.',
    source: here('train-branch'),
    run: trainBranch(deps, algorithm, memory),
  }))

/** `random_forest` is Random forest. */
const titleOf = (name: string) => name[0].toUpperCase() + name.slice(1).replaceAll('_', ' ')

const deliver = (deps: StageDeps): StepDefinition[] => [
  ...branches(deps),
  {
    name: FULL_TRAIN,
    title: 'Full train',
    group: 'CD',
    role: 'model trainer',
    needs: ['data_validation', 'log', ...algorithmNames.map(branchName)],
    ...long,
    description:
      'Every algorithm is cross-validated in a branch of its own; then the best is chosen and fitted on all rows outside the hold-out.',
    source: here('full-train'),
    run: fullTrain(deps),
  },
  {
    name: 'evaluate',
    title: 'Evaluate',
    group: 'CD',
    role: 'fairness analyst',
    needs: ['data_validation', 'full_train'],
    ...long,
    description: 'Hold-out metrics, champion against challenger, stability, fairness and explanation, all as gates.',
    source: here('evaluate'),
    run: evaluate(deps),
  },
  {
    name: 'approval',
    title: 'Approval',
    group: 'CD',
    role: 'MLOps engineer',
    needs: ['evaluate'],
    ...brief,
    description: 'Waits for the required reviewers, for days if need be and across restarts.',
    source: here('approval'),
    run: approval,
  },
]

const deploy = (deps: StageDeps): StepDefinition[] => [
  {
    name: 'staging',
    title: 'Staging',
    group: 'Deploy',
    role: 'MLOps engineer',
    needs: ['data_validation', 'full_train', 'evaluate', 'approval'],
    ...brief,
    retries: 1,
    description: 'Deploys to the staging endpoint; smoke test and load test over HTTP.',
    source: here('staging'),
    run: staging(deps),
  },
  {
    name: 'shadow',
    title: 'Shadow',
    group: 'Deploy',
    role: 'drift monitor',
    needs: ['data_validation', 'evaluate', 'staging'],
    ...brief,
    timeoutMs: 30 * MINUTE_MS,
    description: 'Mirrors live or replayed traffic and compares scores and latency; answers are not touched.',
    source: here('shadow'),
    run: shadow(deps),
  },
  {
    name: 'promote',
    title: 'Promote',
    group: 'Deploy',
    role: 'MLOps engineer',
    needs: ['evaluate', 'approval', 'shadow'],
    ...brief,
    description: 'Shifts all traffic to the version, which becomes the champion.',
    source: here('promote'),
    run: promote(deps),
  },
  {
    name: 'rollback',
    title: 'Rollback',
    group: 'Deploy',
    role: 'MLOps engineer',
    needs: ['data_validation', 'evaluate', 'promote'],
    ...brief,
    description: 'Rehearses the way back on staging, so that it stands armed.',
    source: here('rehearse-rollback'),
    run: rehearseRollback(deps),
  },
]
