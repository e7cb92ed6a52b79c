import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import path from 'node:path'
import type { Db, Tx } from '../platform/index.ts'
import type { GateResult } from '../gates/index.ts'
import type { Measure } from './measurements/measurements.ts'
import type { RunCommit } from './tables.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** A pipeline is data plus one function a step; the functions are found by name when a run's snapshot is walked. */
export type PipelineDefinition = {
  name: string
  /** raised with every change of the graph; runs under way keep the snapshot they started with */
  version: number
  /** in the order a person reads them */
  groups: string[]
  steps: StepDefinition[]
}

export type StepDefinition = {
  name: string
  title: string
  description: string
  group: string
  /** who answers for the stage, e.g. `data engineer` */
  role: string
  /** the step that this one does a part of, beside other branches; a reader sees it within that step, which needs all of them */
  branchOf?: string
  /** steps whose outputs this one reads; it starts when all of them are done */
  needs: string[]
  /** further tries after a failure that is not the input's fault, with exponential backoff */
  retries: number
  timeoutMs: number
  /** module that holds the body, for the inspector */
  source: URL
  run: (context: StepContext) => Promise<StepOutcome>
}

/** What a step's body gets. It may be called again after a crash: everything it does to the world goes through `effect`. */
export type StepContext = {
  run: {
    id: string
    project: string
    model: string
    actor: string
    trigger: string
    commit: RunCommit | null
    configuration: Record<string, unknown>
    createdAt: Date
  }
  /** outputs of every step done so far, by step name */
  inputs: Record<string, Record<string, unknown>>
  attempt: number
  db: Db
  /** aborts on cancel, on time-out and when the process stops */
  signal: AbortSignal
  log: (level: LogLevel, text: string) => void
  progress: (done: number, total: number, text: string) => void
  /** A number that is worth a chart, as often as it is known: kept with the attempt and sent to who looks on. */
  measure: Measure
  /** Runs `work` in a transaction exactly once for this attempt of the step; a repeated body gets the stored result. */
  effect: <T>(key: string, work: (tx: Tx) => Promise<T>) => Promise<T>
}

export type StepOutcome = {
  /** `blocked`: a gate says no; `waiting`: parked until `resolveWait` */
  kind: 'done' | 'blocked' | 'waiting'
  outputs: Record<string, unknown>
  gates?: GateResult[]
  /** what blocks or what is waited for, in words */
  reason?: string
  /** ids that other rooms know the run by */
  facts?: Record<string, string>
  /** the step's effect, in the transaction that records its end */
  commit?: (tx: Tx) => Promise<void>
}

export type DefinitionSnapshot = {
  name: string
  version: number
  groups: string[]
  steps: (Omit<StepDefinition, 'run' | 'source'> & { source: string; codeVersion: string })[]
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The part of a definition that a run keeps: everything but the functions, and the hash of each body's module. */
export function snapshot(definition: PipelineDefinition): DefinitionSnapshot {
  assertDefinition(definition)
  return {
    name: definition.name,
    version: definition.version,
    groups: definition.groups,
    steps: definition.steps.map(({ run: _body, source, ...step }) => ({
      ...step,
      source: path.relative(ROOT, fileURLToPath(source)),
      codeVersion: createHash('sha256').update(readFileSync(source)).digest('hex'),
    })),
  }
}

/** Source text of a step's module, as it is now. */
export function sourceOf(step: StepDefinition): { file: string; code: string } {
  return { file: path.relative(ROOT, fileURLToPath(step.source)), code: readFileSync(step.source, 'utf8') }
}

/**
 * The definition with these branches of a step and no other, in the order given.
 * @throws for a branch that the step does not have
 */
export function withBranches(definition: PipelineDefinition, name: string, wanted: string[]): PipelineDefinition {
  const branches = wanted.map((branch) => {
    const found = definition.steps.find((step) => step.name === branch && step.branchOf === name)
    if (found) return found
    throw new Error(`pipeline ${definition.name}: step ${name} has no branch ${branch}`)
  })
  const dropped = new Set(definition.steps.filter((step) => step.branchOf === name).map((step) => step.name))
  for (const branch of wanted) dropped.delete(branch)
  const steps = definition.steps.flatMap((step) => {
    if (step.branchOf === name) return []
    const kept = { ...step, needs: step.needs.filter((need) => !dropped.has(need)) }
    return step.name === name ? [...branches, kept] : [kept]
  })
  return { ...definition, steps }
}

/** Throws when a definition cannot be walked: a name twice, an unknown need, an unknown group, a cycle, a branch of nothing. */
export function assertDefinition({ name, groups, steps }: PipelineDefinition): void {
  const seen = new Set<string>()
  for (const step of steps) {
    if (seen.has(step.name)) throw new Error(`pipeline ${name}: step ${step.name} is defined twice`)
    if (!groups.includes(step.group))
      throw new Error(`pipeline ${name}: step ${step.name} is in no group ${step.group}`)
    for (const need of step.needs) {
      // Needs point backwards in the list, so a cycle cannot be written.
      if (!seen.has(need))
        throw new Error(`pipeline ${name}: step ${step.name} needs ${need}, which is not defined before it`)
    }
    seen.add(step.name)
  }
  for (const { name: branch, branchOf } of steps) {
    if (branchOf !== undefined && !steps.find((step) => step.name === branchOf)?.needs.includes(branch))
      throw new Error(`pipeline ${name}: step ${branch} is a branch of ${branchOf}, which does not need it`)
  }
}
