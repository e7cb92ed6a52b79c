import { Background, ReactFlow, type Edge, type Node } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useMemo } from 'react'
import type { StepView } from '../../api/types.ts'
import { useWidth } from '../../components/size.ts'
import { layOutDag, type DagLayout } from './dag-layout.ts'
import { LaneNode, StepNode, type LaneData, type StepData } from './dag-nodes.tsx'
import classes from './dag.module.css'
import { StepList } from './step-list.tsx'

type Props = { steps: StepView[]; selected: string | null; onSelect: (name: string) => void }

const nodeTypes = { step: StepNode, lane: LaneNode }
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
): Node<StepData | LaneData>[] {
  const byName = new Map(steps.map((step) => [step.name, step]))
  const lanes = layout.lanes.map(({ group, x, y, width, height }) => ({
    id: `lane-${group}`,
    type: 'lane',
    position: { x, y },
    width,
    height,
    data: { group, steps: steps.filter((step) => step.group === group) },
    zIndex: -1,
  }))
  const boxes = layout.steps.map(({ name, x, y, width, height }) => ({
    id: name,
    type: 'step',
    position: { x, y },
    width,
    height,
    data: { step: byName.get(name)!, isSelected: name === selected, onSelect },
  }))
  return [...lanes, ...boxes]
}

function edgesOf(layout: DagLayout, steps: StepView[]): Edge[] {
  const stateOf = new Map(steps.map((step) => [step.name, step.state]))
  return layout.edges.map(({ from, to, isBetweenLanes }) => ({
    id: `${from}-${to}`,
    source: from,
    target: to,
    sourceHandle: isBetweenLanes ? 'bottom' : 'right',
    targetHandle: isBetweenLanes ? 'top' : 'left',
    type: 'smoothstep',
    pathOptions: { borderRadius: 8, offset: 13 },
    className: stateOf.get(to) === 'pending' || stateOf.get(to) === 'skipped' ? classes.edge : classes.walked,
    animated: stateOf.get(to) === 'running',
  }))
}
