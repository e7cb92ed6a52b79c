import { useMemo } from 'react'
import type { MeasuredSeries } from '../../api/measured-series.ts'
import { LearningCard } from './learning-card.tsx'
import { learningOf } from './learning.ts'
import classes from './learning.module.css'

/** The algorithms side by side, each with what its training has told so far. */
export function LearningCards({ series }: { series: MeasuredSeries[] }) {
  const all = useMemo(() => learningOf(series), [series])
  return (
    <div className={classes.cards}>
      {all.map((learning) => (
        <LearningCard key={learning.algorithm} learning={learning} />
      ))}
    </div>
  )
}
