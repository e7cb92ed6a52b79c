import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useDataActions, useSourceTest } from '../../../api/datasets.ts'
import { Failure } from '../../../components/answers.tsx'
import { GuardedButton } from '../../../components/permission.tsx'
import { nameFault } from './dataset-name.ts'
import classes from './import.module.css'
import { useKnownContract } from './known-contract.tsx'
import { sourceKinds, type SourceKind } from './source-forms.tsx'
import { emptyFields, proposedName, sourceOf, type SourceFields } from './source-of.ts'
import { SourceRows } from './source-rows.tsx'

type Props = { kind: SourceKind; onStarted: (runId: string) => void }

/** Takes data from where the server can reach it: asks for the place, tries it, starts the import. */
export function SourceImport({ kind, onStarted }: Props) {
  const [fields, setFields] = useState(emptyFields)
  const [givenName, setGivenName] = useState<string | null>(null)
  const test = useSourceTest()
  const { start } = useDataActions()
  const source = sourceOf(kind, fields)
  const name = givenName ?? proposedName(source)
  const fault = source === null ? null : nameFault(name)
  const contract = useKnownContract(name.trim())
  const { Form } = sourceKinds[kind]

  const set = (field: keyof SourceFields, value: string) => {
    setFields((known) => ({ ...known, [field]: value }))
    test.reset()
    start.reset()
  }
  const run = () => {
    if (source === null || fault !== null) return
    start.mutate({ name, source, ...contract.request }, { onSuccess: ({ runId }) => onStarted(runId) })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run()
  }

  return (
    <form className={classes.source} onSubmit={submit} data-testid="source-form">
      <Form fields={fields} set={set} />
      <div className={classes.uploadForm}>
        <TextInput
          label="Name of the dataset"
          value={name}
          onChange={(event) => setGivenName(event.currentTarget.value)}
          error={fault}
          maxLength={80}
          w={260}
        />
        <div className={classes.buttons}>
          <Button onClick={() => test.mutate(source!)} disabled={source === null} loading={test.isPending}>
            Test the connection
          </Button>
          <GuardedButton
            permission="pipeline.run"
            variant="filled"
            disabled={source === null || fault !== null}
            loading={start.isPending}
            onClick={run}
          >
            Import
          </GuardedButton>
        </div>
      </div>
      {contract.choice}
      {test.error !== null && <Failure error={test.error} />}
      {start.error !== null && <Failure error={start.error} />}
      {test.data !== undefined && <SourceRows test={test.data} />}
    </form>
  )
}
