import { Button, Checkbox, Table } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { ModelDetail, ModelVersion } from '../../api/types.ts'
import { domainOf, type Domain } from '../../charts/interval-mark.tsx'
import { formatShare, shortId } from '../../components/format.ts'
import { IntervalValue } from '../../components/interval-value.tsx'
import { findMetric, type MetricKey } from '../../components/metrics.ts'
import { Panel } from '../../components/panel.tsx'
import { StateMark } from '../../components/state.tsx'
import { Ago } from '../../components/time.tsx'
import { Who } from '../../components/who.tsx'
import classes from './models.module.css'

const columns: { key: MetricKey; title: string }[] = [
  { key: 'auc', title: 'AUC' },
  { key: 'f1', title: 'F1' },
  { key: 'accuracy', title: 'Accuracy' },
  { key: 'logLoss', title: 'Log-loss' },
]

/** All versions of a model, newest first, their metrics on one scale a column; any two can be compared. */
export function VersionsPanel({ model }: { model: ModelDetail }) {
  const [chosen, setChosen] = useState<string[]>([])
  const [, navigate] = useLocation()
  const toggle = (version: string) =>
    setChosen((known) => (known.includes(version) ? known.filter((v) => v !== version) : [...known.slice(-1), version]))
  const domains = new Map(columns.map(({ key }) => [key, domainOfMetric(model.versions, key)]))
  const order = model.versions.map(({ version }) => version)
  const [newer, older] = chosen.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))

  return (
    <Panel
      title={`Versions of ${model.name}`}
      isFlush
      testId="versions"
      aside={
        <>
          {chosen.length < 2 && <span>choose two to compare</span>}
          <Button
            disabled={chosen.length < 2}
            onClick={() => navigate(`/models/${model.name}/compare/${older}/${newer}`)}
          >
            Compare
          </Button>
        </>
      }
    >
      <Table className={classes.versions}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={36}>
              <span className="visually-hidden">Compare</span>
            </Table.Th>
            <Table.Th>Version</Table.Th>
            <Table.Th>Stage</Table.Th>
            {columns.map(({ key, title }) => (
              <Table.Th key={key} className="number">
                {title}
              </Table.Th>
            ))}
            <Table.Th>Dataset</Table.Th>
            <Table.Th>Created</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {model.versions.map((version) => (
            <Table.Tr key={version.version} data-champion={version.isChampion || undefined}>
              <Table.Td>
                <Checkbox
                  aria-label={`Compare ${version.version}`}
                  checked={chosen.includes(version.version)}
                  onChange={() => toggle(version.version)}
                />
              </Table.Td>
              <Table.Td>
                <Link className="link" href={`/models/${model.name}/${version.version}`}>
                  <b>{version.version}</b>
                </Link>
                {version.isChampion && <span className={classes.champion}>champion</span>}
                <Traffic model={model} version={version.version} />
              </Table.Td>
              <Table.Td>
                <StateMark kind="stage" value={version.stage} />
              </Table.Td>
              {columns.map(({ key }) => (
                <Table.Td key={key} className="number">
                  <IntervalValue interval={findMetric(version.metrics, key)} domain={domains.get(key)} isStacked />
                </Table.Td>
              ))}
              <Table.Td>
                <code title={version.datasetVersion}>{shortId(version.datasetVersion)}</code>
              </Table.Td>
              <Table.Td className="nowrap">
                <Ago at={version.createdAt} />
                <div className="muted">
                  by <Who id={version.createdBy} />
                </div>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

function domainOfMetric(versions: ModelVersion[], key: MetricKey): Domain {
  return domainOf(versions.map(({ metrics }) => findMetric(metrics, key)).filter((interval) => interval !== undefined))
}

/** What part of the answers a version gives now, where it gives any or mirrors them. */
function Traffic({ model, version }: { model: ModelDetail; version: string }) {
  const roles = model.variants.filter((variant) => variant.version === version)
  if (roles.length === 0) return null
  const words = roles.map(({ role, share }) => (role === 'champion' ? `${formatShare(share, 0)} of traffic` : role))
  return <div className="muted nowrap">{words.join(', ')}</div>
}
