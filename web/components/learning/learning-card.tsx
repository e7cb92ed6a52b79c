import { Progress } from '@mantine/core'
import { useCallback } from 'react'
import type { BranchView } from '../../api/types.ts'
import { Drawing, type Make } from '../drawing.tsx'
import { formatName } from '../format.ts'
import { isLoss, metricTitle } from '../metrics.ts'
import { StateMark } from '../state.tsx'
import { Duration } from '../time.tsx'
import { foldWords, type Curve, type Learning } from './learning.ts'
import classes from './learning.module.css'

type Props = {
  learning: Learning
  /** the branch that trains it, where it has one of its own */
  branch?: BranchView
}

/** One algorithm as it learns: how far it is, the scores of its folds, and its curve where it tells one. */
export function LearningCard({ learning, branch }: Props) {
  const { algorithm, curves } = learning
  const title = formatName(algorithm)
  // The picture of the scores says the same itself.
  const words = branch?.error?.message ?? (curves.length > 0 ? foldWords(learning) : undefined)
  return (
    <section
      className={classes.card}
      aria-label={title}
      data-state={branch?.state}
      data-testid={`learning-${algorithm}`}
    >
      <header className={classes.head}>
        {branch !== undefined && <StateMark kind="state" value={branch.state} isIconOnly size={13} />}
        <h3 className={classes.name}>{title}</h3>
        {branch !== undefined && branch.startedAt !== null && (
          <span className="muted">
            <Duration
              durationMs={branch.durationMs}
              startedAt={branch.startedAt}
              isRunning={branch.state === 'running'}
            />
          </span>
        )}
      </header>
      {words !== undefined && <p className="muted">{words}</p>}
      {branch !== undefined && branch.progress !== null && <BranchProgress title={title} progress={branch.progress} />}
      {curves.map((curve) => (
        <CurveDrawing key={`${curve.metric} ${curve.over}`} curve={curve} />
      ))}
      {curves.length === 0 && <ScoresDrawing learning={learning} />}
    </section>
  )
}

function BranchProgress({ title, progress }: { title: string; progress: NonNullable<BranchView['progress']> }) {
  const { done, total, text } = progress
  return (
    <div>
      <p className="muted">{text}</p>
      <Progress
        value={total === 0 ? 0 : (done / total) * 100}
        color="var(--a-run-mark)"
        size="xs"
        aria-label={`${title}: ${text}`}
        mt={2}
      />
    </div>
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
