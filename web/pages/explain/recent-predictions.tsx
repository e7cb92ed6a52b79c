import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { recentPredictionsQuery } from '../../api/explanations.ts'
import type { PredictionRow } from '../../api/types.ts'
import { Answer, Empty } from '../../components/answers.tsx'
import { formatScore, shortId } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import { StateMark } from '../../components/state.tsx'
import { Ago } from '../../components/time.tsx'
import { explainPath } from './explain-path.ts'
import classes from './explain.module.css'

/** The newest predictions of a model, each with the way to its explanation. */
export function RecentPredictions({ model, shown }: { model: string; shown: string }) {
  const query = useQuery(recentPredictionsQuery(model))
  return (
    <Panel title={`Newest predictions of ${model}`} isFlush testId="recent-predictions">
      <Answer query={query} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No prediction yet">
              Predictions appear here as soon as the model is asked; the stream on the page{' '}
              <Link className="link" href="/claims">
                Claims
              </Link>{' '}
              asks it by itself.
            </Empty>
          ) : (
            <div className={classes.tableBox} tabIndex={0} role="region" aria-label="Newest predictions">
              <Table stickyHeader>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Prediction</Table.Th>
                    <Table.Th className={classes.wide}>When</Table.Th>
                    <Table.Th className={classes.wide}>Version</Table.Th>
                    <Table.Th className="number">Score</Table.Th>
                    <Table.Th>Decision</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((row) => (
                    <Row key={row.id} row={row} isShown={row.id === shown} />
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )
        }
      </Answer>
    </Panel>
  )
}

const Row = ({ row, isShown }: { row: PredictionRow; isShown: boolean }) => (
  <Table.Tr data-selected={isShown || undefined}>
    <Table.Td>
      {row.score === null || row.erased ? (
        <>
          <code>{shortId(row.id, 13)}</code> <span className="muted">{row.erased ? 'erased' : 'failed'}</span>
        </>
      ) : (
        <Link
          className="link"
          href={explainPath({ model: row.model, prediction: row.id })}
          aria-current={isShown || undefined}
          aria-label={`Explain prediction ${row.id}`}
        >
          <code title={row.id}>{shortId(row.id, 13)}</code>
        </Link>
      )}
    </Table.Td>
    <Table.Td className={`nowrap ${classes.wide}`}>
      <Ago at={row.at} />
    </Table.Td>
    <Table.Td className={classes.wide}>{row.version}</Table.Td>
    <Table.Td className="number">{formatScore(row.score)}</Table.Td>
    <Table.Td>{row.decision === null ? '–' : <StateMark kind="decision" value={row.decision} />}</Table.Td>
  </Table.Tr>
)
