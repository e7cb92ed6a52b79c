import type { StepView } from '../../api/types.ts'

type Step = Pick<StepView, 'name' | 'group' | 'needs'> & { branches: { name: string }[] }

export type Box = { x: number; y: number; width: number; height: number }
export type DagLayout = {
  steps: (Box & { name: string })[]
  branches: (Box & { name: string })[]
  /** around a step with branches and around these */
  frames: (Box & { name: string })[]
  lanes: (Box & { group: string })[]
  /** an edge to a step with branches leads to its frame */
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
const branchHeight = 44
const branchGap = 6
const framePadding = 6

/** Longest way from a step back to the first of its own group: its column. A need outside the group does not count. */
export function columnOf(step: Step, steps: Step[]): number {
  const before = steps.filter((other) => other.group === step.group && step.needs.includes(other.name))
  const own = step.branches.length > 0 ? 1 : 0
  return own + before.reduce((most, other) => Math.max(most, 1 + columnOf(other, steps)), 0)
}

/**
 * Places the steps for a given width: one lane a group, from top to bottom, and inside it columns by need, from left to
 * right; what may run side by side stands one below the other. The branches of a step have the column before it. The result is as
 * wide as asked, its height follows.
 */
export function layOutDag(steps: Step[], width: number): DagLayout {
  const groups = [...new Set(steps.map((step) => step.group))]
  const placed = steps.map((step) => ({ step, column: columnOf(step, steps) }))
  const nColumns = Math.max(1, ...placed.map(({ column }) => column + 1))
  const inner = width - 2 * lanePadding - (nColumns - 1) * columnGap
  const stepWidth = Math.min(Math.floor(inner / nColumns), widestStep)
  const columnX = (column: number) => lanePadding + column * (stepWidth + columnGap)
  const layout: DagLayout = { steps: [], branches: [], frames: [], lanes: [], edges: edgesOf(steps), width, height: 0 }

  for (const group of groups) {
    const y = layout.height === 0 ? 0 : layout.height + laneGap
    const members = placed.filter(({ step }) => step.group === group)
    const stacks = stacksOf(members)
    const tallest = Math.max(...stacks.map(heightOf))
    const framed = members.filter(({ step }) => step.branches.length > 0)
    const frame = framed.length > 0 ? framePadding : 0
    const top = y + laneTitle + lanePadding / 2 + frame
    for (const stack of stacks) {
      let at = top + (tallest - heightOf(stack)) / 2
      for (const name of stack.names) {
        layout[stack.kind].push({
          name,
          x: columnX(stack.column),
          y: at,
          width: stepWidth,
          height: sizes[stack.kind].height,
        })
        at += sizes[stack.kind].height + sizes[stack.kind].gap
      }
    }
    for (const { step, column } of framed)
      layout.frames.push(frameOf(step, { x: columnX(column - 1), width: 2 * stepWidth + columnGap, layout }))
    const height = laneTitle + lanePadding * 1.5 + tallest + 2 * frame
    layout.lanes.push({ group, x: 0, y, width, height })
    layout.height = y + height
  }
  return layout
}

const sizes = {
  steps: { height: stepHeight, gap: rowGap },
  branches: { height: branchHeight, gap: branchGap },
}

/** What stands one below the other in a column of a lane. */
type Stack = { kind: 'steps' | 'branches'; column: number; names: string[] }

function stacksOf(members: { step: Step; column: number }[]): Stack[] {
  const stacks = new Map<number, Stack>()
  const branches: Stack[] = []
  for (const { step, column } of members) {
    const stack = stacks.get(column) ?? { kind: 'steps', column, names: [] }
    stacks.set(column, stack)
    stack.names.push(step.name)
    if (step.branches.length > 0)
      branches.push({ kind: 'branches', column: column - 1, names: step.branches.map(({ name }) => name) })
  }
  return [...stacks.values(), ...branches]
}

const heightOf = ({ kind, names }: Stack) => names.length * (sizes[kind].height + sizes[kind].gap) - sizes[kind].gap

function frameOf(
  step: Step,
  { x, width, layout }: { x: number; width: number; layout: DagLayout },
): DagLayout['frames'][number] {
  const names = [step.name, ...step.branches.map(({ name }) => name)]
  const boxes = [...layout.steps, ...layout.branches].filter(({ name }) => names.includes(name))
  const top = Math.min(...boxes.map((box) => box.y))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return {
    name: step.name,
    x: x - framePadding,
    y: top - framePadding,
    width: width + 2 * framePadding,
    height: bottom - top + 2 * framePadding,
  }
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
