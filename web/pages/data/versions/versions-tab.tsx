import { Button, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import type { DatasetVersion, Lineage } from '../../../api/data-types.ts'
import { datasetsQuery, diffQuery, lineageQuery } from '../../../api/datasets.ts'
import { Answer } from '../../../components/answers.tsx'
import { Facts, type Fact } from '../../../components/facts.tsx'
import { formatBytes, formatCount, formatShare, shortId } from '../../../components/format.ts'
import { Ago } from '../../../components/time.tsx'
import { DatasetDiffView } from './dataset-diff.tsx'
import classes from './versions.module.css'

/** Every version of the dataset, what changed between two, where this one came from and what was made of it. */
export function VersionsTab({ version }: { version: DatasetVersion }) {
  const query = useQuery(datasetsQuery(version.name))
  const lineage = useQuery(lineageQuery(version.id))
  const [search, setSearch] = useSearchParams()
  const other = search.get('with')
  const compare = (id: string | null) =>
    setSearch((known) => {
      if (id === null) known.delete('with')
      else known.set('with', id)
      return known
    })
  return (
    <div className={classes.versions}>
      <Answer query={query} lines={4}>
        {({ items }) => (
          <VersionTable
            versions={items.filter(({ name }) => name === version.name)}
            shown={version.id}
            other={other}
            onCompare={compare}
          />
        )}
      </Answer>
      {other !== null && <Compared version={version} other={other} />}
      <section aria-label="Lineage">
        <h2 className={classes.title}>Where it came from, and what was made of it</h2>
        <Answer query={lineage} lines={3}>
          {(known) => <Facts facts={lineageFacts(known, version)} />}
        </Answer>
      </section>
    </div>
  )
}

type TableProps = {
  versions: DatasetVersion[]
  shown: string
  other: string | null
  onCompare: (id: string | null) => void
}

const VersionTable = ({ versions, shown, other, onCompare }: TableProps) => (
  <div className={classes.scroll}>
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Version</Table.Th>
          <Table.Th className="number">Rows</Table.Th>
          <Table.Th className="number">In quarantine</Table.Th>
          <Table.Th className="number">Valid</Table.Th>
          <Table.Th className="number">Contract</Table.Th>
          <Table.Th>Made</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {versions.map((each) => (
          <Table.Tr key={each.id} aria-current={each.id === shown ? 'true' : undefined} className={classes.row}>
            <Table.Td>
              <Link className="link" href={`/data/${each.name}/${each.id}?tab=versions`}>
                <code title={each.id}>{shortId(each.id, 12)}</code>
              </Link>
              {each.id === shown && <span className="muted"> shown here</span>}
            </Table.Td>
            <Table.Td className="number">{formatCount(each.nRows)}</Table.Td>
            <Table.Td className="number">{formatCount(each.nQuarantined)}</Table.Td>
            <Table.Td className="number">{formatShare(each.quality.validity)}</Table.Td>
            <Table.Td className="number">{each.contractVersion}</Table.Td>
            <Table.Td className="nowrap">
              <Ago at={each.createdAt} />
            </Table.Td>
            <Table.Td>
              {each.id !== shown && (
                <Button
                  onClick={() => onCompare(each.id === other ? null : each.id)}
                  aria-pressed={each.id === other}
                  aria-label={`Compare with ${shortId(each.id, 12)}`}
                >
                  {each.id === other ? 'Close' : 'Compare'}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
)

function Compared({ version, other }: { version: DatasetVersion; other: string }) {
  const query = useQuery(diffQuery(other, version.id))
  const names = { reference: shortId(other, 8), current: `${shortId(version.id, 8)} (shown here)` }
  return (
    <section aria-label="Differences" data-testid="dataset-diff">
      <h2 className={classes.title}>
        From {names.reference} to {names.current}
      </h2>
      <Answer query={query} lines={6}>
        {(diff) => <DatasetDiffView diff={diff} names={names} />}
      </Answer>
    </section>
  )
}

const lineageFacts = ({ source, parent, contractVersion, models }: Lineage, version: DatasetVersion): Fact[] => [
  [
    'Source',
    source === null
      ? version.source
      : `${source.kind}: ${source.location}${source.sizeBytes === null ? '' : `, ${formatBytes(source.sizeBytes)}`}`,
  ],
  ...(source?.query === undefined ? [] : ([['Query', <code key="query">{source.query}</code>]] as Fact[])),
  ...(source?.sha256 == null ? [] : ([['SHA-256', <code key="sha">{source.sha256}</code>]] as Fact[])),
  [
    'Made from',
    parent === null ? (
      'the source itself'
    ) : (
      <Link key="parent" className="link" href={`/data/${version.name}/${parent}?tab=versions`}>
        version <code>{shortId(parent, 12)}</code>, with corrections
      </Link>
    ),
  ],
  ['Contract', `version ${contractVersion}`],
  [
    'Models',
    models.length === 0
      ? 'none was trained on it yet'
      : models.map(({ model, version }) => (
          <Link key={`${model} ${version}`} className={`link ${classes.model}`} href={`/models/${model}/${version}`}>
            {model} {version}
          </Link>
        )),
  ],
]
