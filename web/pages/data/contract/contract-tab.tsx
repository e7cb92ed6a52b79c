import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { ContractVersion, DatasetVersion } from '../../../api/data-types.ts'
import { contractFaultsQuery, contractQuery, latestContractQuery, useDataActions } from '../../../api/datasets.ts'
import { Answer, Failure } from '../../../components/answers.tsx'
import { tell } from '../../../components/notify.ts'
import { GuardedButton } from '../../../components/permission.tsx'
import { ContractDiff } from './contract-diff.tsx'
import { ContractTable } from './contract-table.tsx'
import { ContractYaml } from './contract-yaml.tsx'
import { columnsIn } from './contract-text.ts'
import classes from './contract.module.css'
import { useSettled } from './use-settled.ts'

const views = [
  { value: 'table', label: 'Table' },
  { value: 'yaml', label: 'YAML' },
  { value: 'diff', label: 'Changes' },
]

/** What the dataset promises, to be read and changed. A change is saved as a new version: this one stays as it was. */
export function ContractTab({ version }: { version: DatasetVersion }) {
  const query = useQuery(latestContractQuery(version.name))
  return (
    <Answer query={query} lines={10}>
      {(latest) => <Editor key={latest.version} latest={latest} version={version} />}
    </Answer>
  )
}

function Editor({ latest, version }: { latest: ContractVersion; version: DatasetVersion }) {
  const [yaml, setYaml] = useState(latest.yaml)
  const [search, setSearch] = useSearchParams()
  const view = search.get('view') ?? 'table'
  const settled = useSettled(yaml, 400)
  const isChanged = yaml !== latest.yaml
  const check = useQuery({ ...contractFaultsQuery(settled), enabled: settled !== latest.yaml })
  const faults = isChanged ? (check.data?.faults ?? []) : []
  const columns = columnsIn(yaml)
  const { saveContract } = useDataActions()
  const isChecked = settled === yaml && check.data !== undefined

  const save = () =>
    saveContract.mutate(
      { name: latest.name, yaml, basedOn: latest.version },
      {
        onSuccess: (saved) =>
          tell(`Saved as version ${saved.version}. An import under this name can be held against it.`),
      },
    )

  return (
    <div className={classes.contract}>
      <div className={classes.controls}>
        <SegmentedControl
          data={views}
          value={view}
          aria-label="How the contract is shown"
          onChange={(next) =>
            setSearch(
              (known) => {
                known.set('view', next)
                return known
              },
              { replace: true },
            )
          }
        />
        <span className="muted">
          Version {latest.version}
          {latest.version !== version.contractVersion &&
            `; this dataset version was held against version ${version.contractVersion}`}
          {isChanged && ', changed here'}
        </span>
        <span className={classes.buttons}>
          {isChanged && <Button onClick={() => setYaml(latest.yaml)}>Undo all</Button>}
          <GuardedButton
            permission="pipeline.run"
            variant="filled"
            disabled={!isChanged || !isChecked || faults.length > 0}
            loading={saveContract.isPending}
            onClick={save}
          >
            Save as version {latest.version + 1}
          </GuardedButton>
        </span>
      </div>
      {saveContract.error !== null && <Failure error={saveContract.error} />}
      {check.error !== null && isChanged && <Failure error={check.error} onRetry={() => void check.refetch()} />}
      {faults.length > 0 && (
        <ul className={classes.faults} aria-label="Faults" role="alert">
          {faults.map(({ line, key, message }) => (
            <li key={`${line} ${key} ${message}`}>
              {line !== null && <b>line {line}</b>} {key !== '' && <code>{key}</code>} {message}
            </li>
          ))}
        </ul>
      )}
      {view === 'diff' && <Changes latest={latest} yaml={yaml} />}
      {view === 'yaml' && <ContractYaml yaml={yaml} faults={faults} onChange={setYaml} />}
      {view === 'table' &&
        (columns === null ? (
          <p className="muted">The text is no contract at the moment: mend it under YAML.</p>
        ) : (
          <ContractTable columns={columns} yaml={yaml} onChange={setYaml} />
        ))}
    </div>
  )
}

/** What would be saved against the newest version; without changes, that one against the one before it. */
function Changes({ latest, yaml }: { latest: ContractVersion; yaml: string }) {
  const isChanged = yaml !== latest.yaml
  const before = useQuery({
    ...contractQuery(latest.name, latest.version - 1),
    enabled: !isChanged && latest.version > 1,
  })
  if (isChanged) return <ContractDiff before={latest.yaml} after={yaml} title={`Since version ${latest.version}`} />
  if (latest.version === 1) return <p className="muted">This is the first version, and nothing was changed here.</p>
  return (
    <Answer query={before} lines={6}>
      {(previous) => (
        <ContractDiff
          before={previous.yaml}
          after={latest.yaml}
          title={`Version ${previous.version} to ${latest.version}`}
        />
      )}
    </Answer>
  )
}
