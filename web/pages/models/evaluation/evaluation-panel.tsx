import { lazy, Suspense } from 'react'
import type { VersionDetail } from '../../../api/types.ts'
import { Loading } from '../../../components/answers.tsx'
import { formatCount, formatShare } from '../../../components/format.ts'
import { Panel } from '../../../components/panel.tsx'
import classes from './evaluation.module.css'

// The pictures come with the room of pictures, which no other part of the page needs.
const Evaluation = lazy(async () => ({ default: (await import('./evaluation.tsx')).Evaluation }))

/** How the version decides on rows it was not fitted on, at the threshold in use and at any other. */
export function EvaluationPanel({ detail }: { detail: VersionDetail }) {
  const { curves } = detail
  if (curves === undefined) return null
  const nRows = curves.nPositive + curves.nNegative
  const baseRate = nRows === 0 ? null : curves.nPositive / nRows
  return (
    <Panel
      title="Evaluation on the hold-out"
      aside={`${formatCount(nRows)} rows, ${formatShare(baseRate)} positive`}
      testId="evaluation"
    >
      <div className={classes.evaluation}>
        <Suspense fallback={<Loading lines={12} />}>
          <Evaluation
            curves={curves}
            threshold={detail.threshold}
            costs={detail.decision?.costs}
            auc={detail.metrics.rocAuc}
            prAuc={detail.metrics.prAuc}
          />
        </Suspense>
      </div>
    </Panel>
  )
}
