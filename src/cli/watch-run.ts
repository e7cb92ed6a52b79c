import { setTimeout as sleep } from 'node:timers/promises'
import type { RunDetail } from '../pipelines/index.ts'
import type { Client } from './client.ts'
import { formatDuration, type Output } from './output.ts'

const POLL_MS = 500
const FINAL = ['succeeded', 'failed', 'cancelled']
const DONE = ['succeeded', 'failed', 'skipped', 'cancelled', 'cached', 'waiting']

/**
 * Follows a run until it ends, waits for a person, or the signal aborts: one line for each step that is done, and the running
 * step's progress.
 * @param told what was told already: hand in the same set to go on with the run after a wait
 */
export async function watchRun(
  { client, output, signal }: { client: Client; output: Output; signal: AbortSignal },
  runId: string,
  told = new Set<string>(),
): Promise<RunDetail> {
  for (;;) {
    const run = await client.get<RunDetail>(`/pipeline/${runId}/status`)
    for (const step of run.steps.flatMap(withBranches)) {
      const state = `${step.name} ${step.attempt} ${step.state}`
      if (!DONE.includes(step.state) || told.has(state)) continue
      told.add(state)
      output.note(stepLine(step))
    }
    if (FINAL.includes(run.state) || run.state === 'waiting' || signal.aborted) return run
    const running = run.steps.find((step) => step.state === 'running')
    if (running) output.progress(progressLine(running))
    await sleep(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

type Step = RunDetail['steps'][number]['branches'][number]

/** The branches of a step before itself, their titles set in. */
export const withBranches = ({ branches, ...step }: RunDetail['steps'][number]): Step[] => [
  ...branches.map((branch) => ({ ...branch, title: `  ${branch.title}` })),
  step,
]

function stepLine(step: Step): string {
  const blocked = step.gates.filter((gate) => gate.verdict === 'blocked').map((gate) => `\n    ${gate.reason}`)
  const reason =
    step.error && (blocked.length > 0 ? `  ${step.error.code}` : `  ${step.error.message} (${step.error.code})`)
  const took = step.state === 'waiting' ? '' : formatDuration(step.durationMs)
  return `  ${step.state.padEnd(10)}${step.title.padEnd(24)}${took}${reason ?? ''}${blocked.join('')}`.trimEnd()
}

function progressLine({ title, progress, durationMs }: Step): string {
  const share = progress && progress.total > 0 ? ` ${Math.round((100 * progress.done) / progress.total)} %` : ''
  const text = progress?.text ? `, ${progress.text}` : ''
  return `  running   ${title.padEnd(24)}${formatDuration(durationMs)}${share}${text}`
}

/** The run in a few lines, with what to do next. */
export function describeRun(run: RunDetail): string {
  const lines = [
    `Run ${run.id} of ${run.project}: ${run.state}${run.durationMs === null ? '' : ` after ${formatDuration(run.durationMs)}`}`,
    run.modelVersion && `  Model    ${run.model} ${run.modelVersion}`,
    run.failure && `  Failure  ${run.failure.step}: ${run.failure.message} (${run.failure.code})`,
    run.state === 'waiting' && `  Next     assay pipeline approve ${run.id} --reason "..."  (or reject)`,
    run.canContinue && `  Next     assay pipeline continue ${run.id}`,
    run.failure?.code === 'GATE_BLOCKED' && blockedAdvice(run),
    run.state === 'failed' && run.canRetry && `  Next     assay pipeline retry ${run.id}, once the cause is gone`,
  ]
  return lines.filter(Boolean).join('\n')
}

/** A step may also be stopped without a gate that could be waived, as by a smoke test. */
function blockedAdvice(run: RunDetail): string {
  const gates = blockingGates(run)
  if (gates.length === 0) return '  Next     mend the cause'
  return `  Next     mend the cause, or assay pipeline waive ${run.id} --gate ID --reason "...": ${gates.join(', ')}`
}

/** Gates that block a run, each once. */
export const blockingGates = (run: RunDetail) => [
  ...new Set(run.steps.flatMap(({ gates }) => gates.filter((g) => g.verdict === 'blocked').map((g) => g.gate))),
]

/** Exit code of a watched run: 0 when it succeeded or waits for a person. */
export const runExitCode = (run: Pick<RunDetail, 'state'>) =>
  run.state === 'failed' ? 1 : run.state === 'cancelled' ? 8 : 0
