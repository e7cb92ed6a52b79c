import type { GateResult } from '../../gates/index.ts'
import type { AlgorithmName, Trap } from '../../learn/index.ts'
import type { StepContext } from '../../pipelines/index.ts'
import type { CrossValidateOutput } from '../jobs/cross-validate.ts'
import type { IngestOutput } from '../jobs/ingest.ts'
import type { EvaluateOutput } from '../jobs/evaluate.ts'
import type { TrainOutput } from '../jobs/train.ts'
import type { ResolvedProject } from '../project/index.ts'

/** Outputs of the stages by name, as later stages read them. */
export type StageResults = {
  commit: { sha: string; message: string; author: string; files: string[] }
  tests: { checks: { name: string; passed: boolean; output: string }[] }
  data_validation: Pick<IngestOutput, 'dataset' | 'contractYaml' | 'warnings'> & { traps: Trap[] }
  quick_train: TrainOutput
  full_train: TrainOutput & { trackingRunId: string }
  evaluate: EvaluateOutput & { version: string; gates: GateResult[] }
  approval: { approvalId: string }
  staging: { revision: number }
}

/** The outputs of an earlier stage. It is done, or this stage would not run. */
export function resultOf<Name extends keyof StageResults>(context: StepContext, name: Name): StageResults[Name] {
  return context.inputs[name] as StageResults[Name]
}

/** Name of the step that tries an algorithm. */
export const branchName = (algorithm: AlgorithmName) => `train:${algorithm}`

/** What the branch of an algorithm found; undefined where the run has no such branch. */
export function branchOf(context: StepContext, algorithm: AlgorithmName): CrossValidateOutput | undefined {
  return context.inputs[branchName(algorithm)] as CrossValidateOutput | undefined
}

export const projectOfRun = (context: StepContext) => context.run.configuration as ResolvedProject
