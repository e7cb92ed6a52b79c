import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { datasetsQuery } from '../../api/datasets.ts'
import type { RunDetail } from '../../api/types.ts'
import { Answer } from '../../components/answers.tsx'
import { Page } from '../../components/page.tsx'
import { Panel } from '../../components/panel.tsx'
import { DatasetsTable } from './datasets-table.tsx'
import { FileImport } from './import/file-import.tsx'
import { ImportProgress } from './import/import-progress.tsx'
import importClasses from './import/import.module.css'
import { sourceKinds, type SourceKind } from './import/source-forms.tsx'
import { SourceImport } from './import/source-import.tsx'

const choices = [
  { value: 'file', label: 'Your file' },
  ...Object.entries(sourceKinds).map(([value, { title }]) => ({ value, label: title })),
]

/** Every dataset there is, and the ways to bring one in. */
export function DataPage() {
  const [search, setSearch] = useSearchParams()
  const [, navigate] = useLocation()
  const query = useQuery(datasetsQuery())
  const from = search.get('from') ?? 'file'
  const runId = search.get('run')
  const change = (name: string, value: string | null) =>
    setSearch((known) => {
      if (value === null) known.delete(name)
      else known.set(name, value)
      return known
    })
  const started = (runId: string) => change('run', runId)
  const done = useCallback(
    (run: RunDetail) => navigate(`/data/${run.project}/${run.datasetVersion}`, { replace: true }),
    [navigate],
  )

  return (
    <Page title="Data" note="Bring your own file: see what is wrong with it, and what can be learned from it.">
      {runId !== null && (
        <ImportProgress key={runId} runId={runId} onDone={done} onDismiss={() => change('run', null)} />
      )}
      <Panel title="Bring data in">
        <SegmentedControl
          className={importClasses.kinds}
          data={choices}
          value={from}
          onChange={(value) => change('from', value === 'file' ? null : value)}
          aria-label="Where the data is"
        />
        {isSourceKind(from) ? (
          <SourceImport key={from} kind={from} onStarted={started} />
        ) : (
          <FileImport onStarted={started} />
        )}
      </Panel>
      <Panel title="Datasets" isFlush testId="datasets">
        <Answer query={query} lines={4}>
          {({ items }) => <DatasetsTable versions={items} />}
        </Answer>
      </Panel>
    </Page>
  )
}

const isSourceKind = (value: string): value is SourceKind => Object.hasOwn(sourceKinds, value)
