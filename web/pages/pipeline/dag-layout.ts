import type { StepView } from '../../api/types.ts'

type Step = Pick<StepView, 'name' | 'group' | 'needs'>

export type Box = { x: number; y: number; width: number; height: number }
export type DagLayout = {
  steps: (Box & { name: string })[]
  lanes: (Box & { group: string })[]
  edges: { from: string; to: string; isBetweenLanes: boolean }[]
  width: number
  height: number
}

const lanePadding = 12
const laneTitle = 22
const laneGap = 22
const stepHeight = 74
const columnGap = 26
const rowGap = 10
const widestStep = 208

/** Longest way from a step back to the first of its own group: its column. A need outside the group does not count. */
export function columnOf(step: Step, steps: Step[]): number {
  const before = steps.filter((other) => other.group === step.group && step.needs.includes(other.name))
  return before.reduce((most, other) => Math.max(most, 1 + columnOf(other, steps)), 0)
}

/**
 * Places the steps for a given width: one lane a group, from top to bottom, and inside it columns by need, from left to
 * right; steps that may run side by side stand one below the other. The result is as wide as asked, its height follows.
 */
export function layOutDag(steps: Step[], width: number): DagLayout {
  const groups = [...new Set(steps.map((step) => step.group))]
  const placed = steps.map((step) => ({ step, column: columnOf(step, steps) }))
  const nColumns = Math.max(1, ...placed.map(({ column }) => column + 1))
  const inner = width - 2 * lanePadding - (nColumns - 1) * columnGap
  const stepWidth = Math.min(Math.floor(inner / nColumns), widestStep)
  const layout: DagLayout = { steps: [], lanes: [], edges: edgesOf(steps), width, height: 0 }

  for (const group of groups) {
    const y = layout.height === 0 ? 0 : layout.height + laneGap
    const members = placed.filter(({ step }) => step.group === group)
    const rowsUsed = new Map<number, number>()
    for (const { step, column } of members) {
      const row = rowsUsed.get(column) ?? 0
      rowsUsed.set(column, row + 1)
      layout.steps.push({
        name: step.name,
        x: lanePadding + column * (stepWidth + columnGap),
        y: y + laneTitle + lanePadding / 2 + row * (stepHeight + rowGap),
        width: stepWidth,
        height: stepHeight,
      })
    }
    const nRows = Math.max(...rowsUsed.values())
    const height = laneTitle + lanePadding * 1.5 + nRows * stepHeight + (nRows - 1) * rowGap
    layout.lanes.push({ group, x: 0, y, width, height })
    layout.height = y + height
  }
  return layout
}

/** One edge for each need that no other need implies: a step that takes data from far back is not tied to it by a long line. */
function edgesOf(steps: Step[]): DagLayout['edges'] {
  const byName = new Map(steps.map((step) => [step.name, step]))
  const isBefore = (name: string, later: string): boolean =>
    byName.get(later)?.needs.some((need) => need === name || isBefore(name, need)) ?? false
  return steps.flatMap((step) =>
    step.needs
      .filter((need) => byName.has(need) && !step.needs.some((other) => isBefore(need, other)))
      .map((need) => ({ from: need, to: step.name, isBetweenLanes: byName.get(need)!.group !== step.group })),
  )
}
