import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { isActive, stepQuery } from '../../api/pipeline.ts'
import { useRunMeasurements } from '../../api/run-measurements.ts'
import type { BranchView, RunDetail, StepDetail, StepView } from '../../api/types.ts'
import { Answer, Empty } from '../../components/answers.tsx'
import { Code, Json } from '../../components/code.tsx'
import { LearningCards } from '../../components/learning/learning-cards.tsx'
import { StateMark } from '../../components/state.tsx'
import { Duration } from '../../components/time.tsx'
import { findView } from './focus-step.ts'
import classes from './inspector.module.css'
import { LogView } from './log-view.tsx'
import { StepOverview } from './step-overview.tsx'

type Props = {
  run: RunDetail
  /** a step or a branch */
  step: string
  tab: string | null
  onTab: (name: string) => void
  onStep: (name: string) => void
}

const tabs = [
  ['overview', 'Overview'],
  ['logs', 'Logs'],
  ['inputs', 'Inputs'],
  ['outputs', 'Outputs'],
  ['configuration', 'Configuration'],
  ['code', 'Code'],
] as const

/** One step of a run, looked at from all sides. */
export function Inspector({ run, step, tab, onTab, onStep }: Props) {
  const view = findView(run.steps, step)!
  const steps = useMemo(() => stepsOf(view), [view])
  const query = useQuery(stepQuery(run.id, view))
  const chosen = tabs.some(([name]) => name === tab) ? tab : 'overview'
  const shown = (show: (detail: StepDetail) => ReactNode) => <Answer query={query}>{show}</Answer>

  return (
    <section className={classes.inspector} aria-label={`Step ${view.title}`} data-testid="inspector">
      <header className={classes.head}>
        <h2 className={classes.title}>{view.title}</h2>
        <StateMark kind="state" value={view.state} />
        <span className="muted">
          owner {view.role}
          {view.startedAt !== null && (
            <>
              {' · '}
              <Duration
                durationMs={view.durationMs}
                startedAt={view.startedAt}
                isRunning={view.state === 'running' || view.state === 'waiting'}
              />
            </>
          )}
        </span>
      </header>
      <Tabs value={chosen} onChange={(name) => name !== null && onTab(name)} keepMounted={false}>
        <Tabs.List className={classes.tabs}>
          {tabs.map(([name, title]) => (
            <Tabs.Tab key={name} value={name}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview" className={classes.panel}>
          {shown((detail) => (
            <>
              <StepOverview detail={detail} onStep={onStep} />
              <Measured runId={run.id} steps={steps} isLive={view.state === 'running'} />
            </>
          ))}
        </Tabs.Panel>
        <Tabs.Panel value="logs" className={classes.panel}>
          <LogView runId={run.id} steps={steps} isLive={isActive(run.state) || run.state === 'waiting'} />
        </Tabs.Panel>
        <Tabs.Panel value="inputs" className={classes.panel}>
          {shown((detail) => (
            <Json value={detail.inputs} label={`Inputs of ${detail.title}`} />
          ))}
        </Tabs.Panel>
        <Tabs.Panel value="outputs" className={classes.panel}>
          {shown((detail) =>
            detail.outputs === null ? (
              <Empty title="No outputs yet">They are stored when the step has succeeded.</Empty>
            ) : (
              <Json value={detail.outputs} label={`Outputs of ${detail.title}`} />
            ),
          )}
        </Tabs.Panel>
        <Tabs.Panel value="configuration" className={classes.panel}>
          {shown((detail) => (
            <Json value={detail.configuration} label={`Configuration of ${detail.title}`} />
          ))}
        </Tabs.Panel>
        <Tabs.Panel value="code" className={classes.panel}>
          {shown((detail) => (
            <>
              <p className={classes.file}>
                <code>{detail.source.file}</code>
              </p>
              <Code text={detail.source.code} label={`Source of ${detail.title}`} />
            </>
          ))}
        </Tabs.Panel>
      </Tabs>
    </section>
  )
}

/** A step with its branches, or a branch alone. */
const stepsOf = (view: StepView | BranchView) => [
  ...('branches' in view ? view.branches.map(({ name }) => name) : []),
  view.name,
]

/** The curves of a step that tells any. */
function Measured({ runId, steps, isLive }: { runId: string; steps: string[]; isLive: boolean }) {
  const { series } = useRunMeasurements(runId, isLive)
  const own = useMemo(() => series.filter(({ step }) => steps.includes(step)), [series, steps])
  if (own.length === 0) return null
  return (
    <section className={classes.measured} data-testid="measured">
      <h3 className={classes.heading}>As it learned</h3>
      <LearningCards series={own} />
    </section>
  )
}
