import { Table } from '@mantine/core'
import { memo } from 'react'
import { Link } from 'wouter'
import type { ClaimMessage } from '../../api/types.ts'
import { Empty } from '../../components/answers.tsx'
import { formatDollars, formatDuration, formatName, formatScore } from '../../components/format.ts'
import { StateMark } from '../../components/state.tsx'
import { explainPath } from '../explain/explain-path.ts'
import classes from './claims.module.css'

const nShown = 40

/** The newest claims with what the champion said to each. */
export function ClaimsTable({ claims, isRunning }: { claims: ClaimMessage[]; isRunning: boolean }) {
  if (claims.length === 0) {
    return (
      <Empty title={isRunning ? 'Waiting for the first claim' : 'The stream is stopped'}>
        {isRunning
          ? 'It appears here as soon as it is sent.'
          : 'Start it above; claims and decisions then appear here.'}
      </Empty>
    )
  }
  const withLatency = claims[0].prediction?.latencyMs !== undefined
  return (
    <div className={classes.tableBox} tabIndex={0} role="region" aria-label="Newest claims">
      <Table stickyHeader className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Claim</Table.Th>
            <Table.Th className={classes.wide}>Kind</Table.Th>
            <Table.Th className={classes.wide}>Provider</Table.Th>
            <Table.Th className="number">Billed</Table.Th>
            <Table.Th className={`number ${classes.widest}`}>Allowed</Table.Th>
            <Table.Th className="number">Score</Table.Th>
            <Table.Th>Decision</Table.Th>
            {withLatency && <Table.Th className="number">Latency</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {claims.slice(0, nShown).map((message) => (
            <Row key={message.seq} message={message} withLatency={withLatency} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

const Row = memo(function Row({ message, withLatency }: { message: ClaimMessage; withLatency: boolean }) {
  const { claim, prediction } = message
  return (
    <Table.Tr>
      <Table.Td>
        <code>{claim.claim_id}</code>
      </Table.Td>
      <Words>{formatName(claim.cpt_bucket ?? '–')}</Words>
      <Words>{formatName(claim.provider_type ?? '–')}</Words>
      <Table.Td className="number">{formatDollars(claim.billed_amount)}</Table.Td>
      <Table.Td className={`number ${classes.widest}`}>{formatDollars(claim.allowed_amount)}</Table.Td>
      <Table.Td className="number">
        {prediction === null ? '–' : <Score id={prediction.id} score={prediction.score} />}
      </Table.Td>
      <Table.Td>
        {prediction === null ? (
          <span className="muted">no champion</span>
        ) : (
          <StateMark kind="decision" value={prediction.decision} />
        )}
      </Table.Td>
      {withLatency && <Table.Td className="number">{formatDuration(prediction?.latencyMs)}</Table.Td>}
    </Table.Tr>
  )
})

const Words = ({ children }: { children: string }) => (
  <Table.Td className={`${classes.words} ${classes.wide}`} title={children}>
    {children}
  </Table.Td>
)

const Score = ({ id, score }: { id: string; score: number }) => (
  <Link
    className={classes.score}
    href={explainPath({ prediction: id })}
    aria-label={`Explain the score ${formatScore(score)}`}
    title="Explain this score"
  >
    <span className={classes.scoreBar} aria-hidden="true">
      <span style={{ width: `${score * 100}%` }} />
    </span>
    <span className="link">{formatScore(score)}</span>
  </Link>
)
