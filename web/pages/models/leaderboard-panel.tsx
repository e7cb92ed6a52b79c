import { Table } from '@mantine/core'
import { useCallback, useMemo } from 'react'
import type { AlgorithmScores } from '../../api/types.ts'
import { Drawing, type Make } from '../../components/drawing.tsx'
import { formatDuration, formatName, formatScore } from '../../components/format.ts'
import { metricTitle, sortedMetricNames } from '../../components/metrics.ts'
import { Panel } from '../../components/panel.tsx'
import classes from './models.module.css'
import { parameterWords } from './parameter-words.ts'

/** Every algorithm that was tried on the same folds, best first: what it was told, means over the folds, and each fold's AUC. */
export function LeaderboardPanel({ leaderboard }: { leaderboard: AlgorithmScores[] }) {
  const scores = useMemo(
    () =>
      leaderboard.flatMap(({ algorithm, cv }) =>
        (cv.rocAuc?.folds ?? []).flatMap((value, fold) =>
          value === null ? [] : [{ algorithm: formatName(algorithm), fold: fold + 1, value }],
        ),
      ),
    [leaderboard],
  )
  const nFolds = Math.max(...scores.map(({ fold }) => fold), 0)
  const make = useCallback<Make>(
    ({ foldScoresPicture }) => foldScoresPicture({ metric: 'AUC', scores, nFolds }),
    [scores, nFolds],
  )
  if (leaderboard.length === 0) return null
  const metrics = sortedMetricNames(Object.keys(leaderboard[0].cv))
  return (
    <Panel title="Algorithms on the same folds" aside={`${nFolds} folds, the best first`} isFlush testId="leaderboard">
      <Table.ScrollContainer minWidth={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Algorithm</Table.Th>
              {metrics.map((name) => (
                <Table.Th key={name} className="number">
                  {metricTitle(name)}
                </Table.Th>
              ))}
              <Table.Th className="number">Time</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {leaderboard.map(({ algorithm, parameters, cv, durationMs }) => (
              <Table.Tr key={algorithm}>
                <Table.Td>
                  {formatName(algorithm)}
                  <div className={`muted ${classes.parameters}`}>{parameterWords(parameters)}</div>
                </Table.Td>
                {metrics.map((name) => (
                  <Table.Td key={name} className="number" title="mean ± standard deviation over the folds">
                    {formatScore(cv[name]?.mean)} ± {formatScore(cv[name]?.standardDeviation)}
                  </Table.Td>
                ))}
                <Table.Td className="number">{formatDuration(durationMs)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <div className={classes.none}>
        <Drawing make={make} height={110} />
      </div>
    </Panel>
  )
}
