import { Table } from '@mantine/core'
import type { FairnessReport, Interval } from '../../api/types.ts'
import { domainOf, type Domain } from '../../charts/interval-mark.tsx'
import { formatCount, formatName, formatShare } from '../../components/format.ts'
import { IntervalValue } from '../../components/interval-value.tsx'
import { Panel } from '../../components/panel.tsx'
import classes from './models.module.css'

/** Who is referred to a person how often, group by group, for each protected attribute. */
export function FairnessPanel({ reports }: { reports: FairnessReport[] }) {
  return (
    <Panel title="Fairness by group" isFlush={reports.length > 0} testId="fairness">
      {reports.length === 0 ? (
        <span className="muted">
          No protected attribute is declared in the dataset's contract, so nothing can be said about groups.
        </span>
      ) : (
        reports.map((report) => <Attribute key={report.attribute} report={report} />)
      )}
    </Panel>
  )
}

function Attribute({ report }: { report: FairnessReport }) {
  const rates = domainOf(report.groups.map((group) => group.selectionRate))
  const hits = domainOf(report.groups.flatMap((group) => [group.tpr, group.fpr]))
  return (
    <div className={classes.attribute}>
      <h3 className={classes.attributeName}>{formatName(report.attribute)}</h3>
      <dl className={classes.differences}>
        <Difference name="disparate impact" wanted="0.8 to 1.25" interval={report.disparateImpact} />
        <Difference name="parity difference" wanted="≤ 0.10" interval={report.demographicParityDifference} />
        <Difference name="opportunity difference" wanted="≤ 0.10" interval={report.equalOpportunityDifference} />
        <Difference name="odds difference" interval={report.equalizedOddsDifference} />
      </dl>
      <Table.ScrollContainer minWidth={560}>
        <Table aria-label={`Rates by ${formatName(report.attribute)}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Group</Table.Th>
              <Table.Th className="number">Rows</Table.Th>
              <Table.Th className="number">Denied in truth</Table.Th>
              <Table.Th className="number">Referred</Table.Th>
              <Table.Th className="number">True positive rate</Table.Th>
              <Table.Th className="number">False positive rate</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.groups.map((group) => (
              <Table.Tr key={group.group}>
                <Table.Td>
                  {formatName(group.group)}
                  {!group.judged && <div className="muted">too few to judge</div>}
                </Table.Td>
                <Table.Td className="number">{formatCount(group.n)}</Table.Td>
                <Table.Td className="number">{formatShare(group.baseRate)}</Table.Td>
                <Rate interval={group.selectionRate} domain={rates} />
                <Rate interval={group.tpr} domain={hits} />
                <Rate interval={group.fpr} domain={hits} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  )
}

const Rate = ({ interval, domain }: { interval: Interval; domain: Domain }) => (
  <Table.Td className="number">
    <IntervalValue interval={interval} domain={domain} isStacked />
  </Table.Td>
)

const Difference = ({ name, wanted, interval }: { name: string; wanted?: string; interval: Interval }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <IntervalValue interval={interval} />
      {wanted !== undefined && <span className="muted"> wanted {wanted}</span>}
    </dd>
  </div>
)
