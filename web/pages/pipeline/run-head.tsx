import { Link } from 'wouter'
import { isActive } from '../../api/pipeline.ts'
import type { RunDetail } from '../../api/types.ts'
import { runTitle, Sha } from '../../components/commit-words.tsx'
import { shortId } from '../../components/format.ts'
import { StateMark } from '../../components/state.tsx'
import { Ago, Duration } from '../../components/time.tsx'
import { Who } from '../../components/who.tsx'
import classes from './pipeline.module.css'

/** What a run is: its state, its commit, who and what set it off, what came of it. */
export function RunHead({ run }: { run: RunDetail }) {
  const { commit } = run
  return (
    <div className={classes.headWords}>
      <h2 className={classes.headTitle}>
        <StateMark kind="state" value={run.state} isTinted />
        {runTitle(run)}
      </h2>
      <div className={classes.headFacts}>
        <code title={run.id}>{shortId(run.id, 18)}</code>
        {commit !== null && (
          <span>
            <Sha sha={commit.sha} /> by {commit.author}
          </span>
        )}
        <span>
          {run.trigger} by <Who id={run.actor} />, <Ago at={run.createdAt} />
        </span>
        <span>
          {run.finishedAt === null ? 'running for' : 'took'}{' '}
          <Duration durationMs={run.durationMs} startedAt={run.createdAt} isRunning={isActive(run.state)} />
        </span>
        {run.modelVersion !== null && (
          <Link className="link" href={`/models/${run.model}/${run.modelVersion}`}>
            {run.model} {run.modelVersion}
          </Link>
        )}
      </div>
    </div>
  )
}
