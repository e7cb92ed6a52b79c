import type { StepView } from '../api/types.ts'
import { StateMark } from './state.tsx'
import classes from './step-strip.module.css'

/** The steps of a run as a row of states, parted by group. */
export function StepStrip({ steps }: { steps: StepView[] }) {
  const groups = [...new Set(steps.map((step) => step.group))]
  return (
    <div className={classes.strip}>
      {groups.map((group) => (
        <div key={group} className={classes.group}>
          <span className={classes.name}>{group}</span>
          <ol className={classes.steps}>
            {steps
              .filter((step) => step.group === group)
              .map((step) => (
                <li key={step.name} title={step.title}>
                  <span className="visually-hidden">{step.title}: </span>
                  <StateMark kind="state" value={step.state} size={16} isIconOnly />
                </li>
              ))}
          </ol>
        </div>
      ))}
    </div>
  )
}
