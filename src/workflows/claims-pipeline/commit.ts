import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { emitEvent } from '../../platform/index.ts'

/** Stage 1: records what the run is about. */
export async function commit({ run, log }: StepContext): Promise<StepOutcome> {
  const { sha, message, author, files } = run.commit!
  log('info', `${sha.slice(0, 12)} by ${author}: ${message}`)
  for (const file of files) log('info', `  changed ${file}`)
  return {
    kind: 'done',
    outputs: { sha, message, author, files },
    commit: (tx) =>
      emitEvent(tx, {
        type: 'commit.recorded',
        actor: run.actor,
        object: `run:${run.id}`,
        data: { sha, nFiles: files.length },
      }),
  }
}
