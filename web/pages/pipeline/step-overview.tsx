import { Table, UnstyledButton } from '@mantine/core'
import type { BranchView, StepAttempt, StepDetail } from '../../api/types.ts'
import { formatDuration, formatName, formatTime } from '../../components/format.ts'
import { GateTable } from '../../components/gate-table.tsx'
import { StateMark } from '../../components/state.tsx'
import { Duration } from '../../components/time.tsx'
import classes from './inspector.module.css'

/** What a step is for, what came of it: error, gates, attempts. */
export function StepOverview({ detail, onStep }: { detail: StepDetail; onStep: (name: string) => void }) {
  return (
    <div className={classes.stack}>
      <p className={classes.description}>
        {detail.description}
        {detail.needs.length > 0 && (
          <span className="muted"> Runs after {detail.needs.map(formatName).join(', ')}.</span>
        )}
      </p>
      {detail.error !== null && (
        <p className={classes.error} role="alert">
          {detail.error.message} <code className="muted">{detail.error.code}</code>
        </p>
      )}
      {detail.branches.length > 0 && (
        <section>
          <h3 className={classes.heading}>Branches</h3>
          <Branches branches={detail.branches} onStep={onStep} />
        </section>
      )}
      <section>
        <h3 className={classes.heading}>Gates</h3>
        {detail.gates.length === 0 ? (
          <p className="muted">
            {detail.state === 'pending' ? 'Judged when the step has run.' : 'This step has none.'}
          </p>
        ) : (
          <GateTable gates={detail.gates} />
        )}
      </section>
      <section>
        <h3 className={classes.heading}>Attempts</h3>
        {detail.attempts.length === 0 ? (
          <p className="muted">Not started yet.</p>
        ) : (
          <Attempts attempts={detail.attempts} />
        )}
      </section>
    </div>
  )
}

const Branches = ({ branches, onStep }: { branches: BranchView[]; onStep: (name: string) => void }) => (
  <Table.ScrollContainer minWidth={420}>
    <Table aria-label="Branches">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Branch</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th className="number">Took</Table.Th>
          <Table.Th>Progress</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {branches.map(({ name, title, state, startedAt, durationMs, progress, error }) => (
          <Table.Tr key={name}>
            <Table.Td>
              <UnstyledButton className="link" onClick={() => onStep(name)}>
                {title}
              </UnstyledButton>
            </Table.Td>
            <Table.Td>
              <StateMark kind="state" value={state} />
            </Table.Td>
            <Table.Td className="number">
              <Duration durationMs={durationMs} startedAt={startedAt} isRunning={state === 'running'} />
            </Table.Td>
            <Table.Td>{error?.message ?? progress?.text ?? '–'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
)

const Attempts = ({ attempts }: { attempts: StepAttempt[] }) => (
  <Table.ScrollContainer minWidth={420}>
    <Table aria-label="Attempts">
      <Table.Thead>
        <Table.Tr>
          <Table.Th className="number" w={40}>
            No.
          </Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th>Started</Table.Th>
          <Table.Th className="number">Took</Table.Th>
          <Table.Th>Error</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {attempts.map(({ attempt, state, startedAt, finishedAt, error }) => (
          <Table.Tr key={attempt}>
            <Table.Td className="number">{attempt}</Table.Td>
            <Table.Td>
              <StateMark kind="state" value={state} />
            </Table.Td>
            <Table.Td className="nowrap">{formatTime(startedAt)}</Table.Td>
            <Table.Td className="number">
              {finishedAt === null ? '–' : formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}
            </Table.Td>
            <Table.Td>{error === null ? '–' : errorText(error)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
)

const errorText = (error: object) =>
  'message' in error && typeof error.message === 'string' ? error.message : JSON.stringify(error)
