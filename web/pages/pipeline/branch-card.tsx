import type { BranchView } from '../../api/types.ts'
import { lookOf, StateMark } from '../../components/state.tsx'
import { Duration } from '../../components/time.tsx'
import { StepProgress } from './step-progress.tsx'
import classes from './step-card.module.css'

type Props = { branch: BranchView; isSelected: boolean; onSelect: (name: string) => void }

/** A branch of a step: state, title, how far it is. Pressing it opens the inspector. */
export function BranchCard({ branch, isSelected, onSelect }: Props) {
  const { name, title, state, progress, attempt } = branch
  return (
    <button
      type="button"
      className={`nodrag nopan ${classes.card} ${classes.branch}`}
      data-state={state}
      data-testid={`branch-${name}`}
      aria-pressed={isSelected}
      aria-label={`${title}, ${lookOf('state', state).word.toLowerCase()}`}
      onClick={() => onSelect(name)}
    >
      <span className={classes.top}>
        <StateMark kind="state" value={state} isIconOnly size={13} />
        <span className={classes.title}>{title}</span>
      </span>
      <span className={classes.bottom}>
        {branch.startedAt !== null && (
          <Duration durationMs={branch.durationMs} startedAt={branch.startedAt} isRunning={state === 'running'} />
        )}
        {attempt > 1 && <span>attempt {attempt}</span>}
        {progress !== null && <span className={classes.progressText}>{progress.text}</span>}
      </span>
      <StepProgress title={title} progress={progress} />
    </button>
  )
}
