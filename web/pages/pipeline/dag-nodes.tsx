import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { BranchView, StepState, StepView } from '../../api/types.ts'
import { BranchCard } from './branch-card.tsx'
import classes from './dag.module.css'
import { StepCard } from './step-card.tsx'

export type StepData = { step: StepView; isSelected: boolean; onSelect: (name: string) => void }
export type BranchData = { branch: BranchView; isSelected: boolean; onSelect: (name: string) => void }
export type FrameData = { state: StepState }
export type LaneData = { group: string; steps: StepView[] }

export const StepNode = memo(function StepNode({ data }: NodeProps<Node<StepData>>) {
  return (
    <>
      <Handle type="target" position={Position.Left} id="left" className={classes.handle} />
      <Handle type="target" position={Position.Top} id="top" className={classes.handle} />
      <StepCard {...data} />
      <Handle type="source" position={Position.Right} id="right" className={classes.handle} />
      <Handle type="source" position={Position.Bottom} id="bottom" className={classes.handle} />
    </>
  )
})

export const BranchNode = memo(function BranchNode({ data }: NodeProps<Node<BranchData>>) {
  return (
    <>
      <BranchCard {...data} />
      <Handle type="source" position={Position.Right} id="right" className={classes.handle} />
    </>
  )
})

/** Holds a step and its branches together: they are one stage. */
export const FrameNode = memo(function FrameNode({ data }: NodeProps<Node<FrameData>>) {
  return (
    <>
      <Handle type="target" position={Position.Left} id="left" className={classes.handle} />
      <Handle type="target" position={Position.Top} id="top" className={classes.handle} />
      <div className={classes.frame} data-state={data.state} />
    </>
  )
})

export const LaneNode = memo(function LaneNode({ data }: NodeProps<Node<LaneData>>) {
  const nDone = data.steps.filter((step) => step.state === 'succeeded' || step.state === 'cached').length
  return (
    <div className={classes.lane}>
      <span className={classes.laneTitle}>{data.group}</span>
      <span className={classes.laneCount}>
        {nDone} of {data.steps.length} done
      </span>
    </div>
  )
})
