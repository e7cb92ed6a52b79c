import { Table } from '@mantine/core'
import type { AnonymityReport as Report, AnonymityRequest } from '../../../api/data-types.ts'
import { formatCount, formatScore } from '../../../components/format.ts'
import { Figure, Figures } from '../../../components/facts.tsx'
import { SucceededIcon, WarnedIcon } from '../../../components/icons.tsx'
import { anonymityWords } from './anonymity-words.ts'
import classes from './privacy.module.css'

type Props = { report: Report; request: AnonymityRequest }

/** The verdict in words, the figures it rests on, and what one change to one column would bring. */
export function AnonymityReport({ report, request }: Props) {
  const { isGood, verdict, details } = anonymityWords(report, request)
  return (
    <div className={classes.report} role="status" data-testid="anonymity-report">
      <p className={classes.verdict} data-good={isGood}>
        {isGood ? <SucceededIcon size={16} /> : <WarnedIcon size={16} />}
        <span>{verdict}</span>
      </p>
      {details.length > 0 && <p>{details.join(' ')}</p>}
      <Figures>
        <Figure name="k, the smallest class" value={formatCount(report.k)} />
        {report.l !== null && <Figure name="l, fewest sensitive values" value={formatCount(report.l)} />}
        {report.t !== null && <Figure name="t, farthest from all rows" value={formatScore(report.t)} />}
      </Figures>
      <Changes report={report} request={request} />
      <p className="muted">
        Over {request.quasiIdentifiers.join(', ')}
        {request.sensitive !== undefined && `; must not be learned: ${request.sensitive}`}; wanted k{' '}
        {formatCount(request.k)}. A class is the rows that have the same values in these columns.
      </p>
    </div>
  )
}

const Changes = ({ report, request: { k } }: Props) => (
  <Table.ScrollContainer minWidth={300}>
    <Table aria-label="What one change would bring">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Change</Table.Th>
          <Table.Th className="number">k</Table.Th>
          <Table.Th className="number">Classes &lt; {formatCount(k)}</Table.Th>
          <Table.Th className="number">Their rows</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {[{ column: 'nothing', change: 'as it is', ...report }, ...report.remedies].map((state) => (
          <Table.Tr key={`${state.column} ${state.change}`}>
            <Table.Td>
              <b>{state.column}</b>: {state.change}
            </Table.Td>
            <Table.Td className="number">{formatCount(state.k)}</Table.Td>
            <Table.Td className="number">{formatCount(state.nClassesBelow)}</Table.Td>
            <Table.Td className="number">{formatCount(state.nRowsBelow)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
)
