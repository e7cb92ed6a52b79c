import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import {
  cheapestDecision,
  nearestDecision,
  type Costs,
  type Curves,
  type Estimate,
} from '../../../../src/pictures/index.ts'
import { Drawing, type Make } from '../../../components/drawing.tsx'
import { CostFields } from './cost-fields.tsx'
import { DecisionFigures } from './decision-figures.tsx'
import classes from './evaluation.module.css'
import { ThresholdSlider } from './threshold-slider.tsx'

type Props = { curves: Curves; threshold: number; costs?: Costs; auc?: Estimate; prAuc?: Estimate }

/** A threshold to move, what it decides and costs, and the pictures of the scores behind it. */
export function Evaluation({ curves, threshold: inUse, costs: givenCosts, auc, prAuc }: Props) {
  const [threshold, setThreshold] = useState(inUse)
  const [costs, setCosts] = useState<Costs | undefined>(givenCosts)
  const decision = nearestDecision(curves.thresholds, threshold)
  const current = nearestDecision(curves.thresholds, inUse)
  const cheapest = costs === undefined ? undefined : cheapestDecision(curves.thresholds, costs)
  return (
    <>
      <div className={classes.controls}>
        <ThresholdSlider value={threshold} inUse={inUse} cheapest={cheapest?.threshold} onChange={setThreshold} />
        <CostFields costs={costs} onChange={setCosts} />
      </div>
      {decision !== undefined && current !== undefined && (
        <DecisionFigures decision={decision} current={current} costs={costs} />
      )}
      <Pictures curves={curves} threshold={threshold} costs={costs} auc={auc} prAuc={prAuc} />
      <p className="muted">
        Counted on rows that were kept from the training. Moving the threshold here changes nothing that is served: the
        one in use is part of the version.
      </p>
    </>
  )
}

/** They follow the slider as fast as they can be drawn, without holding it up. */
function Pictures({ curves, auc, prAuc, ...moving }: Props) {
  const threshold = useDeferredValue(moving.threshold)
  const costs = useDeferredValue(moving.costs)
  const decision = useMemo(() => nearestDecision(curves.thresholds, threshold), [curves, threshold])
  const confusion = useCallback<Make>(
    ({ confusionMatrixPicture }) =>
      confusionMatrixPicture({
        decision: decision ?? { threshold, truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 },
      }),
    [decision, threshold],
  )
  const tradeoff = useCallback<Make>(
    ({ thresholdTradeoffPicture }) => thresholdTradeoffPicture({ curves, threshold, costs }),
    [curves, threshold, costs],
  )
  const roc = useCallback<Make>(({ rocPicture }) => rocPicture({ curves, threshold, auc }), [curves, threshold, auc])
  const precisionRecall = useCallback<Make>(
    ({ precisionRecallPicture }) => precisionRecallPicture({ curves, threshold, prAuc }),
    [curves, threshold, prAuc],
  )
  const calibration = useCallback<Make>(({ calibrationPicture }) => calibrationPicture({ curves }), [curves])
  const gain = useCallback<Make>(({ gainPicture }) => gainPicture({ curves }), [curves])
  const shown: [title: string, make: Make][] = [
    ['What the threshold does', tradeoff],
    ['Confusion matrix', confusion],
    ['ROC curve', roc],
    ['Precision and recall', precisionRecall],
    ['Calibration', calibration],
    ['Gain and lift', gain],
  ]
  return (
    <div className={classes.pictures}>
      {shown.map(([title, make]) => (
        <figure key={title} className={classes.picture}>
          <figcaption>{title}</figcaption>
          <Drawing make={make} />
        </figure>
      ))}
    </div>
  )
}
