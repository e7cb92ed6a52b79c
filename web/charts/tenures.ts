import type { StageChange } from '../api/types.ts'

/** A time in which one version was in production; `untilMs` is null for the one that still is. */
export type Tenure = { version: string; fromMs: number; untilMs: number | null; change: StageChange }

/**
 * Who was in production when, from the stage history, oldest first. A version that enters production ends the tenure before
 * it; so does its own leaving. The order of the given changes does not matter.
 */
export function tenures(history: StageChange[]): Tenure[] {
  const found: Tenure[] = []
  for (const change of history.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const atMs = Date.parse(change.at)
    const open = found.at(-1)
    const isEntering = change.to === 'production'
    const isLeaving = change.from === 'production' && change.to !== 'production' && open?.version === change.version
    if (open !== undefined && open.untilMs === null && (isEntering || isLeaving)) open.untilMs = atMs
    if (isEntering) found.push({ version: change.version, fromMs: atMs, untilMs: null, change })
  }
  return found.filter((tenure) => tenure.untilMs === null || tenure.untilMs > tenure.fromMs)
}

/** What was in production at a moment; undefined when nothing was. */
export const tenureAt = (all: Tenure[], atMs: number) =>
  all.findLast((tenure) => tenure.fromMs <= atMs && (tenure.untilMs === null || atMs < tenure.untilMs))
