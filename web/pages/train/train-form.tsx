import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { ContractColumn, DatasetVersion } from '../../api/data-types.ts'
import { contractQuery, profileQuery } from '../../api/datasets.ts'
import { usePipelineActions } from '../../api/pipeline.ts'
import { Answer, Failure } from '../../components/answers.tsx'
import { formatCount, shortId } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import { GuardedButton } from '../../components/permission.tsx'
import { AlgorithmFields } from './algorithm-fields.tsx'
import { EvaluationFields } from './evaluation-fields.tsx'
import classes from './train.module.css'
import { formFaults, trainingRequest, usualForm, type TrainingForm } from './training-request.ts'

type Props = {
  versions: DatasetVersion[]
  datasetId: string | null
  onDataset: (id: string) => void
  onStarted: (runId: string) => void
}

/** Everything a training needs to be told, with defaults that can be left as they are but for the target. */
export function TrainForm({ versions, datasetId, onDataset, onStarted }: Props) {
  const version = versions.find(({ id }) => id === datasetId) ?? versions[0]
  const contract = useQuery(contractQuery(version.name, version.contractVersion))
  return (
    <>
      <Panel title="Data">
        <NativeSelect
          label="Dataset version"
          data={versions.map(({ id, name, nRows, createdAt }) => ({
            value: id,
            label: `${name}, ${shortId(id, 8)}: ${formatCount(nRows)} rows, ${createdAt.slice(0, 10)}`,
          }))}
          value={version.id}
          onChange={(event) => onDataset(event.currentTarget.value)}
          maw={520}
        />
      </Panel>
      <Answer query={contract} lines={8}>
        {({ contract: { columns } }) => (
          <Settings key={version.id} version={version} columns={columns} onStarted={onStarted} />
        )}
      </Answer>
    </>
  )
}

type SettingsProps = { version: DatasetVersion; columns: ContractColumn[]; onStarted: (runId: string) => void }

function Settings({ version, columns, onStarted }: SettingsProps) {
  const [form, setForm] = useState(() => formFor(version, columns))
  const { start } = usePipelineActions()
  const faults = formFaults(form)
  const change = (part: Partial<TrainingForm>) => setForm((known) => ({ ...known, ...part }))
  const run = () => {
    if (faults.length > 0) return
    start.mutate(trainingRequest(version.id, form), { onSuccess: ({ runId }) => onStarted(runId) })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run()
  }
  return (
    <form onSubmit={submit} className={classes.form} data-testid="train-form">
      <Panel title="What to predict">
        <Target version={version} columns={columns} form={form} change={change} />
      </Panel>
      <Panel title="Algorithms">
        <AlgorithmFields columns={columns} form={form} change={change} />
      </Panel>
      <Panel title="How it is judged">
        <EvaluationFields columns={columns} form={form} change={change} />
      </Panel>
      {start.error !== null && <Failure error={start.error} />}
      <div className={classes.start}>
        <GuardedButton
          permission="pipeline.run"
          variant="filled"
          size="sm"
          disabled={faults.length > 0}
          loading={start.isPending}
          onClick={run}
        >
          Start the training
        </GuardedButton>
        <span className="muted" role="status">
          {faults.join(' ')}
        </span>
      </div>
    </form>
  )
}

/** The usual settings, with what the contract knows: target, protected columns, time. */
function formFor(version: DatasetVersion, columns: ContractColumn[]): TrainingForm {
  const target = columns.find(({ role }) => role === 'target')
  return {
    ...usualForm,
    model: version.name,
    target: target?.name ?? '',
    positive: target?.positive ?? '',
    time: columns.find(({ role }) => role === 'time')?.name ?? '',
    protectedColumns: columns.filter((column) => column.protected === true).map(({ name }) => name),
  }
}

type TargetProps = Omit<SettingsProps, 'onStarted'> & {
  form: TrainingForm
  change: (part: Partial<TrainingForm>) => void
}

function Target({ version, columns, form, change }: TargetProps) {
  const profile = useQuery(profileQuery(version.id))
  const contractColumn = columns.find(({ name }) => name === form.target)
  const counted = profile.data?.columns.find(({ name }) => name === form.target)?.topValues.map(({ value }) => value)
  const values = counted !== undefined && counted.length > 0 ? counted : contractColumn?.values
  return (
    <div className={classes.fields}>
      <NativeSelect
        label="Column to predict"
        description="It should have two values."
        data={[{ value: '', label: 'Choose a column' }, ...columns.map(({ name }) => ({ value: name, label: name }))]}
        value={form.target}
        onChange={(event) => {
          const target = event.currentTarget.value
          change({ target, positive: columns.find(({ name }) => name === target)?.positive ?? '' })
        }}
        required
      />
      {values !== undefined ? (
        <NativeSelect
          label="Value that a score counts towards"
          description="Such as fraud, or denied."
          data={[{ value: '', label: 'As the contract says' }, ...values.map((value) => ({ value, label: value }))]}
          value={form.positive}
          onChange={(event) => change({ positive: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          label="Value that a score counts towards"
          description="Such as fraud, or denied. Empty: as the contract says."
          value={form.positive}
          onChange={(event) => change({ positive: event.currentTarget.value })}
          size="xs"
          autoComplete="off"
        />
      )}
      <TextInput
        label="Name of the model"
        description="Versions of one model can be compared."
        value={form.model}
        onChange={(event) => change({ model: event.currentTarget.value })}
        size="xs"
        autoComplete="off"
      />
    </div>
  )
}
