import { useMemo } from 'react'
import type { MeasuredSeries } from '../../api/measured-series.ts'
import type { BranchView } from '../../api/types.ts'
import { LearningCard } from './learning-card.tsx'
import { learningOf, withUntold } from './learning.ts'
import classes from './learning.module.css'

type Props = {
  series: MeasuredSeries[]
  /** the branches that train them: each has its card from the beginning */
  branches?: BranchView[]
}

/** The algorithms side by side, each with what its training has told so far. */
export function LearningCards({ series, branches = none }: Props) {
  const told = useMemo(() => learningOf(series), [series])
  const branchOf = (algorithm: string) => branches.find(({ name }) => name.endsWith(`:${algorithm}`))
  return (
    <div className={classes.cards}>
      {withUntold(told, branches).map((learning) => (
        <LearningCard key={learning.algorithm} learning={learning} branch={branchOf(learning.algorithm)} />
      ))}
    </div>
  )
}

const none: BranchView[] = []
