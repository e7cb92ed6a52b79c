import type { StepView } from '../../api/types.ts'
import { formatCount } from '../../components/format.ts'
import classes from './step-card.module.css'

/** A thin bar at the lower edge of a card, while its step works. */
export function StepProgress({ title, progress }: Pick<StepView, 'title' | 'progress'>) {
  if (progress === null || progress.total === 0) return null
  const { done, total, text } = progress
  return (
    <span
      className={classes.progress}
      role="progressbar"
      aria-label={`${title}: ${text}`}
      aria-valuenow={done}
      aria-valuemax={total}
      title={`${formatCount(done)} of ${formatCount(total)}`}
    >
      <span style={{ transform: `scaleX(${Math.min(done / total, 1)})` }} />
    </span>
  )
}
