import { NativeSelect, NumberInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStreamControl } from '../../api/claims.ts'
import type { StreamStatus } from '../../api/types.ts'
import { formatCount } from '../../components/format.ts'
import { PlayIcon, StopIcon } from '../../components/icons.tsx'
import { tellFailure } from '../../components/notify.ts'
import { GuardedButton } from '../../components/permission.tsx'
import { StateMark } from '../../components/state.tsx'
import { Ago } from '../../components/time.tsx'
import classes from './claims.module.css'
import { clampRate, driftChoices, driftOf, fastest, slowest } from './drift-choices.ts'

const choices = [
  { value: '', label: 'No drift' },
  ...driftChoices.map(({ kind, effect }) => ({ value: kind, label: `${kind}: ${effect}` })),
]

/** Starts and stops the stream, sets its rate and the drift injected into it. */
export function StreamControl({ status }: { status: StreamStatus }) {
  const { start, stop } = useStreamControl()
  const [rate, setRate] = useState(status.rate)
  const [kind, setKind] = useState<string>(status.drift?.kind ?? '')
  useEffect(() => setRate(status.rate), [status.rate])
  useEffect(() => setKind(status.drift?.kind ?? ''), [status.drift?.kind])
  const isChanged = rate !== status.rate || kind !== (status.drift?.kind ?? '')
  const run = () => start.mutate({ rate: clampRate(rate), drift: driftOf(kind) }, { onError: tellFailure })

  return (
    <section className={classes.control} aria-label="Stream">
      <div className={classes.status} role="status">
        <StateMark kind="state" value={status.running ? 'running' : 'cancelled'} isIconOnly />
        {status.running ? (
          <span>
            Flowing at {formatCount(status.rate)} claims / s{status.drift !== null && <b>, with {status.drift.kind}</b>}
            <span className="muted">
              {' '}
              · {formatCount(status.nSent)} sent
              {status.startedAt !== null && (
                <>
                  , started <Ago at={status.startedAt} />
                </>
              )}
            </span>
          </span>
        ) : (
          <span>Stopped</span>
        )}
      </div>
      <NumberInput
        label="Rate (claims / s)"
        value={rate}
        onChange={(value) => setRate(Number(value))}
        min={slowest}
        max={fastest}
        allowDecimal={false}
        thousandSeparator=","
        w={118}
      />
      <NativeSelect
        label="Drift"
        data={choices}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        w={220}
      />
      <div className={classes.buttons}>
        {status.running && (
          <GuardedButton
            permission="stream.control"
            leftSection={<StopIcon size={12} />}
            loading={stop.isPending}
            onClick={() => stop.mutate(undefined, { onError: tellFailure })}
          >
            Stop
          </GuardedButton>
        )}
        {(!status.running || isChanged) && (
          <GuardedButton
            permission="stream.control"
            variant="filled"
            leftSection={<PlayIcon size={12} />}
            loading={start.isPending}
            onClick={run}
          >
            {status.running ? 'Apply' : 'Start'}
          </GuardedButton>
        )}
      </div>
    </section>
  )
}
