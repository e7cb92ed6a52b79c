import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { isActive, latestRunQuery } from '../../api/pipeline.ts'
import { Answer, Empty } from '../../components/answers.tsx'
import { runTitle, Sha } from '../../components/commit-words.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateMark } from '../../components/state.tsx'
import { StepStrip } from '../../components/step-strip.tsx'
import { Ago, Duration } from '../../components/time.tsx'
import classes from './overview.module.css'

/** The newest run, step by step. */
export function LatestRunPanel() {
  const query = useQuery(latestRunQuery)
  const aside = (
    <Link className="link" href="/pipeline">
      All runs
    </Link>
  )
  return (
    <Panel title="Latest run" aside={aside} testId="latest-run">
      <Answer query={query}>
        {(run) =>
          run === null ? (
            <Empty title="No run yet">Start the pipeline to train, check and release a first version.</Empty>
          ) : (
            <div className={classes.run}>
              <div className={classes.runHead}>
                <StateMark kind="state" value={run.state} isTinted />
                <Link href={`/pipeline/${run.id}`} className={`link ${classes.runTitle}`}>
                  {runTitle(run)}
                </Link>
                <span className={classes.runFacts}>
                  {run.commit !== null && <Sha sha={run.commit.sha} />}
                  <span>
                    <Ago at={run.createdAt} />, {run.finishedAt === null ? 'running for' : 'took'}{' '}
                    <Duration durationMs={run.durationMs} startedAt={run.createdAt} isRunning={isActive(run.state)} />
                  </span>
                </span>
              </div>
              <StepStrip steps={run.steps} />
            </div>
          )
        }
      </Answer>
    </Panel>
  )
}
