import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { filterLogLines } from '../../api/log-lines.ts'
import { useRunLogs } from '../../api/run-logs.ts'
import type { LogLevel, LogLine } from '../../api/types.ts'
import { Empty, Failure, Loading } from '../../components/answers.tsx'
import { formatClock, formatCount, formatName } from '../../components/format.ts'
import { PauseIcon, PlayIcon } from '../../components/icons.tsx'
import classes from './log-view.module.css'

type Props = { runId: string; /** a step, with its branches */ steps: string[]; isLive: boolean }

/** Lines drawn at once; what is older is counted, not shown. */
const mostShown = 1_500

const levels = [
  { value: 'debug', label: 'All levels' },
  { value: 'info', label: 'Info and worse' },
  { value: 'warn', label: 'Warnings and errors' },
  { value: 'error', label: 'Errors' },
]

/** The log of a step or of the whole run, live. Follows its end until it is paused or scrolled up. */
export function LogView({ runId, steps, isLive }: Props) {
  const { lines, isLoading, error } = useRunLogs(runId, isLive)
  const [scope, setScope] = useState<'step' | 'run'>('step')
  const [atLeast, setAtLeast] = useState<LogLevel>('debug')
  const [text, setText] = useState('')
  const [isFollowing, setIsFollowing] = useState(true)
  const box = useRef<HTMLDivElement>(null)
  const shown = useMemo(
    () => filterLogLines(lines, { steps: scope === 'step' ? steps : null, atLeast, text }),
    [lines, scope, steps, atLeast, text],
  )
  useEffect(() => {
    if (isFollowing && box.current !== null) box.current.scrollTop = box.current.scrollHeight
  }, [shown, isFollowing])
  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!
    setIsFollowing(scrollHeight - scrollTop - clientHeight < 24)
  }

  if (error !== null) return <Failure error={error} />
  return (
    <div className={classes.view}>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label="Lines of"
          value={scope}
          onChange={(value) => setScope(value as 'step' | 'run')}
          data={[
            { value: 'step', label: 'This step' },
            { value: 'run', label: 'Whole run' },
          ]}
        />
        <NativeSelect
          aria-label="Level"
          data={levels}
          value={atLeast}
          onChange={(event) => setAtLeast(event.currentTarget.value as LogLevel)}
        />
        <TextInput
          size="xs"
          aria-label="Find in log"
          placeholder="Find"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className={classes.count}>
          {formatCount(shown.length)} {shown.length === 1 ? 'line' : 'lines'}
        </span>
        <Button
          leftSection={isFollowing ? <PauseIcon size={11} /> : <PlayIcon size={11} />}
          aria-pressed={isFollowing}
          onClick={() => setIsFollowing(!isFollowing)}
        >
          {isFollowing ? 'Pause' : 'Follow'}
        </Button>
      </div>
      {isLoading && lines.length === 0 ? (
        <Loading lines={6} />
      ) : shown.length === 0 ? (
        <Empty title="No lines">{noLines(lines.length, isLive)}</Empty>
      ) : (
        <div
          ref={box}
          className={classes.box}
          onScroll={scrolled}
          tabIndex={0}
          role="log"
          aria-label="Log"
          aria-live="off"
        >
          {shown.length > mostShown && (
            <div className={classes.older}>{formatCount(shown.length - mostShown)} older lines are not shown</div>
          )}
          {shown.slice(-mostShown).map((line) => (
            <Line key={line.seq} line={line} withStep={scope === 'run' || steps.length > 1} />
          ))}
        </div>
      )}
    </div>
  )
}

function noLines(nAll: number, isLive: boolean): string {
  if (isLive) return 'They appear here as they are written.'
  return nAll > 0 ? 'None of the lines of this run fit what is chosen above.' : 'This run has written none.'
}

const Line = ({ line, withStep }: { line: LogLine; withStep: boolean }) => (
  <div className={classes.line} data-level={line.level}>
    <span className={classes.time}>{formatClock(line.at)}</span>
    <span className={classes.level}>{line.level}</span>
    {withStep && <span className={classes.step}>{formatName(line.step)}</span>}
    <span className={classes.text}>{line.text}</span>
  </div>
)
