import { useState } from 'react'
import { Loading } from '../../components/answers.tsx'
import { Duration } from '../../components/time.tsx'
import { Panel } from '../../components/panel.tsx'
import classes from './explain.module.css'

/** Says what is waited for, and since when. */
export function Computing({ children }: { children: string }) {
  const [startedAt] = useState(() => new Date().toISOString())
  return (
    <Panel>
      <p className={classes.computing} role="status">
        {children}
      </p>
      <p className="muted">
        For <Duration durationMs={null} startedAt={startedAt} isRunning />
      </p>
      <Loading lines={6} />
    </Panel>
  )
}
