import type { StepView } from '../../api/types.ts'
import { BranchCard } from './branch-card.tsx'
import classes from './dag.module.css'
import { StepCard } from './step-card.tsx'

type Props = { steps: StepView[]; selected: string | null; onSelect: (name: string) => void }

/** The steps one below the other, by group: the graph of a narrow screen. */
export function StepList({ steps, selected, onSelect }: Props) {
  const groups = [...new Set(steps.map((step) => step.group))]
  return (
    <div className={classes.list}>
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h3 className={classes.listTitle}>{group}</h3>
          <ol>
            {steps
              .filter((step) => step.group === group)
              .map((step) => (
                <li key={step.name}>
                  {step.branches.length > 0 && (
                    <div className={classes.branches} role="group" aria-label={`Branches of ${step.title}`}>
                      {step.branches.map((branch) => (
                        <BranchCard
                          key={branch.name}
                          branch={branch}
                          isSelected={branch.name === selected}
                          onSelect={onSelect}
                        />
                      ))}
                    </div>
                  )}
                  <StepCard step={step} isSelected={step.name === selected} onSelect={onSelect} />
                </li>
              ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
