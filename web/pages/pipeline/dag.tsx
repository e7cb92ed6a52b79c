import { Background, ReactFlow, type Edge, type Node } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useMemo } from 'react'
import type { StepState, StepView } from '../../api/types.ts'
import { useWidth } from '../../components/size.ts'
import { layOutDag, type Box, type DagLayout } from './dag-layout.ts'
import {
  BranchNode,
  FrameNode,
  LaneNode,
  StepNode,
  type BranchData,
  type FrameData,
  type LaneData,
  type StepData,
} from './dag-nodes.tsx'
import classes from './dag.module.css'
import { StepList } from './step-list.tsx'

type Props = { steps: StepView[]; selected: string | null; onSelect: (name: string) => void }

const nodeTypes = { step: StepNode, branch: BranchNode, frame: FrameNode, lane: LaneNode }
const narrowest = 660

/** The steps as a graph, or as a list where there is no room for one. */
export function Dag({ steps, selected, onSelect }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>()
  return (
    <div ref={ref} data-testid="dag">
      {width >= narrowest && <Graph steps={steps} selected={selected} onSelect={onSelect} width={width} />}
      {width > 0 && width < narrowest && <StepList steps={steps} selected={selected} onSelect={onSelect} />}
    </div>
  )
}

function Graph({ steps, selected, onSelect, width }: Props & { width: number }) {
  const layout = useMemo(() => layOutDag(steps, width), [steps, width])
  const nodes = useMemo(() => nodesOf(layout, steps, { selected, onSelect }), [layout, steps, selected, onSelect])
  const edges = useMemo(() => edgesOf(layout, steps), [layout, steps])
  return (
    <div className={classes.graph} style={{ height: layout.height }} role="group" aria-label="Steps of the run">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        viewport={{ x: 0, y: 0, zoom: 1 }}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        panOnDrag={false}
        panOnScroll={false}
        zoomOnScroll={false}
        zoomOnPinch={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        disableKeyboardA11y
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={100_000} />
      </ReactFlow>
    </div>
  )
}

function nodesOf(
  layout: DagLayout,
  steps: StepView[],
  { selected, onSelect }: Pick<Props, 'selected' | 'onSelect'>,
): Node<StepData | BranchData | FrameData | LaneData>[] {
  const byName = new Map(steps.map((step) => [step.name, step]))
  const branchByName = new Map(steps.flatMap(({ branches }) => branches).map((branch) => [branch.name, branch]))
  const lanes = layout.lanes.map(({ group, ...box }) => ({
    ...nodeAt(`lane-${group}`, 'lane', box),
    data: { group, steps: steps.filter((step) => step.group === group) },
    zIndex: -1,
  }))
  const boxes = layout.steps.map(({ name, ...box }) => ({
    ...nodeAt(name, 'step', box),
    data: { step: byName.get(name)!, isSelected: name === selected, onSelect },
  }))
  const branches = layout.branches.map(({ name, ...box }) => ({
    ...nodeAt(name, 'branch', box),
    data: { branch: branchByName.get(name)!, isSelected: name === selected, onSelect },
  }))
  const frames = layout.frames.map(({ name, ...box }) => ({
    ...nodeAt(frameId(name), 'frame', box),
    data: { state: byName.get(name)!.state },
    zIndex: -1,
  }))
  return [...lanes, ...frames, ...boxes, ...branches]
}

const nodeAt = (id: string, type: string, { x, y, width, height }: Box) => ({
  id,
  type,
  position: { x, y },
  width,
  height,
})

const frameId = (name: string) => `frame-${name}`

function edgesOf(layout: DagLayout, steps: StepView[]): Edge[] {
  const stateOf = new Map(steps.map((step) => [step.name, step.state]))
  const framed = new Set(layout.frames.map(({ name }) => name))
  const between = layout.edges.map(({ from, to, isBetweenLanes }) => ({
    id: `${from}-${to}`,
    source: from,
    target: framed.has(to) ? frameId(to) : to,
    sourceHandle: isBetweenLanes ? 'bottom' : 'right',
    targetHandle: isBetweenLanes ? 'top' : 'left',
    ...lookOfEdge(stateOf.get(to)!),
  }))
  const joins = steps.flatMap((step) =>
    step.branches.map((branch) => ({
      id: `${branch.name}-${step.name}`,
      source: branch.name,
      target: step.name,
      sourceHandle: 'right',
      targetHandle: 'left',
      // The step's own work begins when the branches are done.
      ...lookOfEdge(isDone(branch.state) ? step.state : 'pending'),
    })),
  )
  return [...between, ...joins]
}

const isDone = (state: StepState) => state === 'succeeded' || state === 'cached'

const lookOfEdge = (target: StepState) => ({
  type: 'smoothstep',
  pathOptions: { borderRadius: 8, offset: 13 },
  className: target === 'pending' || target === 'skipped' ? classes.edge : classes.walked,
  animated: target === 'running',
})
