import type { StepView } from '../../api/types.ts'
import { GateCounts } from '../../components/gate-table.tsx'
import { lookOf, StateMark } from '../../components/state.tsx'
import { Duration } from '../../components/time.tsx'
import classes from './step-card.module.css'
import { StepProgress } from './step-progress.tsx'

type Props = { step: StepView; isSelected: boolean; onSelect: (name: string) => void }

/** A step in the graph or the list: state, title, owner, duration, progress, gates. Pressing it opens the inspector. */
export function StepCard({ step, isSelected, onSelect }: Props) {
  const { name, title, role, state, progress, gates } = step
  const word = lookOf('state', state).word
  return (
    <button
      type="button"
      className={`nodrag nopan ${classes.card}`}
      data-state={state}
      data-testid={`step-${name}`}
      aria-pressed={isSelected}
      aria-label={`${title}, ${word.toLowerCase()}, owner ${role}`}
      onClick={() => onSelect(name)}
    >
      <span className={classes.top}>
        <StateMark kind="state" value={state} isIconOnly size={15} />
        <span className={classes.title}>{title}</span>
      </span>
      <span className={classes.role}>{role}</span>
      <span className={classes.bottom}>
        {step.startedAt !== null && (
          <Duration
            durationMs={step.durationMs}
            startedAt={step.startedAt}
            isRunning={state === 'running' || state === 'waiting'}
          />
        )}
        {step.attempt > 1 && <span>attempt {step.attempt}</span>}
        {progress !== null && state === 'running' && <span className={classes.progressText}>{progress.text}</span>}
        <GateCounts gates={gates} isCompact />
      </span>
      {state === 'running' && <StepProgress title={title} progress={progress} />}
    </button>
  )
}
