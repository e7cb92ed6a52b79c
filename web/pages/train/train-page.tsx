import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { datasetsQuery } from '../../api/datasets.ts'
import { Answer, Empty } from '../../components/answers.tsx'
import { Page } from '../../components/page.tsx'
import { TrainForm } from './train-form.tsx'
import { TrainingRun } from './training-run.tsx'

/** Chooses what to learn from what, starts it, and shows what comes of it. */
export function TrainPage() {
  const [search, setSearch] = useSearchParams()
  const runId = search.get('run')
  const datasetId = search.get('dataset')
  const query = useQuery(datasetsQuery())
  const set = (name: string, value: string) => setSearch({ [name]: value })
  return (
    <Page
      title="Train"
      note="Choose the data and what to predict; every algorithm is tried on the same folds."
      actions={
        runId !== null && (
          <Button component={Link} href={datasetId === null ? '/train' : `/train?dataset=${datasetId}`}>
            Train another
          </Button>
        )
      }
    >
      {runId !== null ? (
        <TrainingRun key={runId} runId={runId} />
      ) : (
        <Answer query={query} lines={8}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty
                title="There is no data to train on yet"
                action={
                  <Button component={Link} href="/data" variant="filled">
                    Bring data in
                  </Button>
                }
              >
                A dropped file is checked and becomes a dataset version within minutes.
              </Empty>
            ) : (
              <TrainForm
                versions={items}
                datasetId={datasetId}
                onDataset={(id) => set('dataset', id)}
                onStarted={(id) => set('run', id)}
              />
            )
          }
        </Answer>
      )}
    </Page>
  )
}
