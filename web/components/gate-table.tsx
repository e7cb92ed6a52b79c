import { Table } from '@mantine/core'
import type { GateResult } from '../api/types.ts'
import { formatNumber } from './format.ts'
import classes from './gate-table.module.css'
import { countVerdicts, formatThreshold, sortGates } from './gates.ts'
import { StateMark, lookOf } from './state.tsx'

/** Each gate with its value, what it asks for, the verdict in words and, where it did not pass, what to do. */
export function GateTable({ gates, label = 'Gates' }: { gates: GateResult[]; label?: string }) {
  return (
    <div className={classes.scroll}>
      <Table aria-label={label} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Verdict</Table.Th>
            <Table.Th>Gate</Table.Th>
            <Table.Th className="number">Value</Table.Th>
            <Table.Th className="number">Wanted</Table.Th>
            <Table.Th>Reason</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sortGates(gates).map((gate) => (
            <Table.Tr key={gate.gate}>
              <Table.Td>
                <StateMark kind="verdict" value={gate.verdict} />
              </Table.Td>
              <Table.Td className={classes.gate}>
                {gate.title}
                {gate.severity === 'warn' && <div className={classes.note}>only warns</div>}
              </Table.Td>
              <Table.Td className="number">
                {formatNumber(gate.value)}
                {gate.interval !== undefined && (
                  <div className={classes.note}>
                    {formatNumber(gate.interval.lower)} to {formatNumber(gate.interval.upper)}
                  </div>
                )}
              </Table.Td>
              <Table.Td className="number">{formatThreshold(gate)}</Table.Td>
              <Table.Td className={classes.reason}>
                {gate.reason}
                {gate.verdict !== 'passed' && gate.advice !== '' && <div className={classes.note}>{gate.advice}</div>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** Verdicts and how many have each, in one line. */
export function GateCounts({ gates, isCompact }: { gates: GateResult[]; isCompact?: boolean }) {
  return (
    <span className={isCompact ? `${classes.counts} ${classes.compact}` : classes.counts}>
      {countVerdicts(gates).map(({ verdict, n }) => {
        const { Icon, tone, word } = lookOf('verdict', verdict)
        return (
          <span key={verdict} className={classes.count} data-tone={tone} title={`${n} ${word.toLowerCase()}`}>
            <Icon size={11} />
            {n}
            <span className={isCompact ? 'visually-hidden' : undefined}>{word.toLowerCase()}</span>
          </span>
        )
      })}
    </span>
  )
}
