import { Slider, Table } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { StageChange } from '../../api/types.ts'
import { TenureBands } from '../../charts/tenure-bands.tsx'
import { tenureAt, tenures } from '../../charts/tenures.ts'
import { formatTime, shortId } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import { useWidth } from '../../components/size.ts'
import { StateMark } from '../../components/state.tsx'
import { useNow } from '../../components/clock.ts'
import { Who } from '../../components/who.tsx'
import classes from './models.module.css'

/** What was in production at any time, who put it there, on which approval; below it every change of stage. */
export function HistoryPanel({ history }: { history: StageChange[] }) {
  return (
    <Panel title="What was in production when" testId="history">
      {history.length === 0 ? (
        <span className="muted">No version has changed its stage yet.</span>
      ) : (
        <div className={classes.stack}>
          <ProductionAt history={history} />
          <Changes history={history} />
        </div>
      )}
    </Panel>
  )
}

/** Every change of stage of one version. */
export const ChangesPanel = ({ history }: { history: StageChange[] }) => (
  <Panel title="History" isFlush testId="history">
    <Changes history={history} />
  </Panel>
)

function ProductionAt({ history }: { history: StageChange[] }) {
  const nowMs = useNow()
  const [ref, width] = useWidth<HTMLDivElement>()
  const all = useMemo(() => tenures(history), [history])
  const [share, setShare] = useState(1)
  if (all.length === 0) return <span className="muted">Nothing has been in production yet.</span>
  const fromMs = all[0].fromMs
  const atMs = fromMs + share * (nowMs - fromMs)
  const tenure = tenureAt(all, atMs)
  const at = new Date(atMs).toISOString()
  return (
    <div>
      <p aria-live="polite" className={classes.answer}>
        <span className="muted">{share === 1 ? 'Now' : formatTime(at)}: </span>
        {tenure === undefined ? (
          'nothing was in production'
        ) : (
          <>
            <b>{tenure.version}</b>, put there by <Who id={tenure.change.actor} /> on {formatTime(tenure.change.at)}
            {tenure.change.approvalId !== null && (
              <>
                , approval <code>{shortId(tenure.change.approvalId, 17)}</code>
              </>
            )}
            {tenure.change.reason !== '' && <>: “{tenure.change.reason}”</>}
          </>
        )}
      </p>
      <div ref={ref} className={classes.bands}>
        <TenureBands tenures={all} nowMs={nowMs} atMs={atMs} width={width} />
      </div>
      <Slider
        thumbLabel="Moment"
        value={share}
        onChange={setShare}
        min={0}
        max={1}
        step={0.001}
        label={() => formatTime(at)}
        size="xs"
        color="var(--a-ink)"
      />
    </div>
  )
}

const Changes = ({ history }: { history: StageChange[] }) => (
  <Table.ScrollContainer minWidth={560} mah={320}>
    <Table aria-label="Changes of stage">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          <Table.Th>Version</Table.Th>
          <Table.Th>To</Table.Th>
          <Table.Th>By</Table.Th>
          <Table.Th>Reason</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {history
          .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
          .map((change) => (
            <Table.Tr key={`${change.at}${change.version}${change.to}`}>
              <Table.Td className="nowrap">{formatTime(change.at)}</Table.Td>
              <Table.Td>{change.version}</Table.Td>
              <Table.Td>
                <StateMark kind="stage" value={change.to} size={12} />
              </Table.Td>
              <Table.Td>
                <Who id={change.actor} />
              </Table.Td>
              <Table.Td>{change.reason}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
)
