import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { DatasetVersion, DatasetWarning } from '../../../api/data-types.ts'
import { warningsQuery } from '../../../api/datasets.ts'
import { Answer } from '../../../components/answers.tsx'
import { formatName, formatShare } from '../../../components/format.ts'
import { BlockedIcon, SucceededIcon, WarnedIcon } from '../../../components/icons.tsx'
import classes from './dataset.module.css'
import { useContractColumns } from './use-contract.ts'
import { datasetVerdict, warningLevel } from './verdict.ts'

/** The verdict in words, what warns, how good the data is, and the way on. */
export function VerdictPanel({ version }: { version: DatasetVersion }) {
  const query = useQuery(warningsQuery(version.id))
  const columns = useContractColumns(version)
  const verdict = datasetVerdict({ version, warnings: query.data?.items ?? [], columns })
  return (
    <section className={classes.verdict} aria-label="Verdict" data-testid="verdict">
      <div className={classes.words}>
        <p className={classes.readiness} data-ready={verdict.isReady}>
          {verdict.isReady ? <SucceededIcon size={18} /> : <BlockedIcon size={18} />}
          {verdict.readiness}
        </p>
        <p>{verdict.facts.join(' ')}</p>
        <QualityLine quality={version.quality} />
      </div>
      {verdict.isReady && (
        <Button component={Link} href={`/train?dataset=${version.id}`} variant="filled">
          Train a model
        </Button>
      )}
      <Answer query={query} lines={2}>
        {({ items }) => items.length > 0 && <Warnings warnings={items} />}
      </Answer>
    </section>
  )
}

function QualityLine({ quality }: { quality: DatasetVersion['quality'] }) {
  const known = Object.entries(quality).filter((entry): entry is [string, number] => entry[1] !== null)
  return (
    <p className="muted">{known.map(([name, share]) => `${formatName(name)} ${formatShare(share)}`).join(' · ')}</p>
  )
}

const folded = 5

/** The serious ones first; the rest of a long list is folded away. */
function Warnings({ warnings }: { warnings: DatasetWarning[] }) {
  const sorted = warnings.toSorted((a, b) => Number(isSerious(b)) - Number(isSerious(a)))
  const [shown, rest] = [sorted.slice(0, folded), sorted.slice(folded)]
  return (
    <div className={classes.warnings} data-testid="warnings">
      <WarningList warnings={shown} />
      {rest.length > 0 && (
        <details>
          <summary>
            {rest.length} more {rest.length === 1 ? 'warning' : 'warnings'}
          </summary>
          <WarningList warnings={rest} />
        </details>
      )}
    </div>
  )
}

const isSerious = (warning: DatasetWarning) => warningLevel(warning) === 'serious'

const WarningList = ({ warnings }: { warnings: DatasetWarning[] }) => (
  <ul>
    {warnings.map((warning) => (
      <li key={`${warning.code} ${warning.column} ${warning.message}`} data-level={warningLevel(warning)}>
        <WarnedIcon size={14} />
        <span>
          <span className="visually-hidden">{isSerious(warning) ? 'Serious: ' : 'Notable: '}</span>
          {warning.message} <code className="muted">{warning.code}</code>
        </span>
      </li>
    ))}
  </ul>
)
