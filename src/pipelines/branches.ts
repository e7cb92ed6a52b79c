import type { BranchView } from './schemas.ts'
import { isActive, isDone, type StepState } from './states.ts'

/**
 * A step as a reader sees it: its branches and its own work as one. It begins with the first branch, and a branch that failed has
 * failed it.
 */
export function withBranchStates(own: BranchView, branches: BranchView[]): BranchView {
  if (branches.length === 0) return own
  const state = own.state === 'pending' ? stateOf(branches) : own.state
  const all = [...branches, own]
  return {
    ...own,
    state,
    attempt: Math.max(...all.map(({ attempt }) => attempt)),
    ...spanOf(all),
    progress: own.progress ?? (state === 'running' ? progressOf(branches) : null),
    error: own.error ?? branches.find(({ error }) => error !== null)?.error ?? null,
  }
}

/** Of a step whose own work has not begun. */
function stateOf(branches: BranchView[]): StepState {
  const states = branches.map(({ state }) => state)
  if (states.some(isActive)) return states.every((state) => state === 'queued') ? 'queued' : 'running'
  if (states.includes('cancelled')) return 'cancelled'
  return states.includes('failed') ? 'failed' : 'pending'
}

/** From the first start to the last end; the duration leaves out the time in which nothing ran, as before a retry. */
function spanOf(all: BranchView[]): Pick<BranchView, 'startedAt' | 'finishedAt' | 'durationMs'> {
  const spans = all
    .flatMap(({ startedAt, durationMs }) =>
      startedAt === null ? [] : [{ from: Date.parse(startedAt), to: Date.parse(startedAt) + (durationMs ?? 0) }],
    )
    .toSorted((a, b) => a.from - b.from)
  if (spans.length === 0) return { startedAt: null, finishedAt: null, durationMs: null }
  const isOver = all.every(({ state }) => !isActive(state) && state !== 'waiting')
  const ends = all.flatMap(({ finishedAt }) => finishedAt ?? []).toSorted()
  let durationMs = 0
  let reached = -Infinity
  for (const { from, to } of spans) {
    durationMs += Math.max(0, to - Math.max(from, reached))
    reached = Math.max(reached, to)
  }
  return {
    startedAt: new Date(spans[0].from).toISOString(),
    finishedAt: isOver ? (ends.at(-1) ?? null) : null,
    durationMs,
  }
}

/** Branches done, those that run as a part. */
function progressOf(branches: BranchView[]): BranchView['progress'] {
  const nDone = branches.filter(({ state }) => isDone(state)).length
  const parts = branches.map(({ state, progress }) =>
    isDone(state) ? 1 : progress === null || progress.total === 0 ? 0 : progress.done / progress.total,
  )
  return {
    done: parts.reduce((sum, part) => sum + part, 0),
    total: branches.length,
    text: `${nDone} of ${branches.length} branches done`,
  }
}
