import { useCallback } from 'react'
import { Drawing, type Make } from '../drawing.tsx'
import { formatName } from '../format.ts'
import { isLoss, metricTitle } from '../metrics.ts'
import { foldWords, type Curve, type Learning } from './learning.ts'
import classes from './learning.module.css'

/** One algorithm as it learns: how many folds are done, and its curve where it tells one. */
export function LearningCard({ learning }: { learning: Learning }) {
  const { algorithm, curves } = learning
  return (
    <section className={classes.card} aria-label={formatName(algorithm)} data-testid={`learning-${algorithm}`}>
      <h3 className={classes.name}>{formatName(algorithm)}</h3>
      <p className="muted">{foldWords(learning)}</p>
      {curves.map((curve) => (
        <CurveDrawing key={`${curve.metric} ${curve.over}`} curve={curve} />
      ))}
      {curves.length === 0 && <ScoresDrawing learning={learning} />}
    </section>
  )
}

function CurveDrawing({ curve }: { curve: Curve }) {
  const { metric, over, lastStep, points } = curve
  const make = useCallback<Make>(
    ({ learningCurvePicture }) =>
      learningCurvePicture({
        metric: metricTitle(metric),
        step: over,
        points,
        better: isLoss(metric) ? 'lower' : 'higher',
        lastStep,
      }),
    [points, metric, over, lastStep],
  )
  return <Drawing make={make} height={210} />
}

function ScoresDrawing({ learning: { algorithm, scores, nFolds } }: { learning: Learning }) {
  const make = useCallback<Make>(
    ({ foldScoresPicture }) =>
      foldScoresPicture({
        metric: 'AUC',
        scores: scores.map((score) => ({ ...score, algorithm: formatName(algorithm) })),
        nFolds,
      }),
    [scores, algorithm, nFolds],
  )
  return <Drawing make={make} height={110} />
}
