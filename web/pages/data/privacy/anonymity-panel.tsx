import { MultiSelect, NativeSelect, NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnonymityRequest, ContractColumn, DatasetVersion } from '../../../api/data-types.ts'
import { anonymityQuery, contractQuery, profileQuery } from '../../../api/datasets.ts'
import { Answer, Empty } from '../../../components/answers.tsx'
import { GuardedButton } from '../../../components/permission.tsx'
import { AnonymityReport } from './anonymity-report.tsx'
import { likelyQuasiIdentifiers, MAX_QUASI_IDENTIFIERS } from './quasi-identifiers.ts'
import classes from './privacy.module.css'

/** How well rows hide among rows that look the same, over columns that a stranger may know. */
export function AnonymityPanel({ version }: { version: DatasetVersion }) {
  const profile = useQuery(profileQuery(version.id))
  const contract = useQuery(contractQuery(version.name, version.contractVersion))
  return (
    <section className={classes.anonymity} aria-label="Anonymity" data-testid="anonymity">
      <h2 className={classes.title}>How well does a person hide in it?</h2>
      <Answer query={profile} lines={3}>
        {({ columns }) => (
          <Answer query={contract} lines={3}>
            {({ contract }) => (
              <Question version={version} held={columns.map(({ name }) => name)} columns={contract.columns} />
            )}
          </Answer>
        )}
      </Answer>
    </section>
  )
}

const usualK = 5

type Props = { version: DatasetVersion; held: string[]; columns: ContractColumn[] }

function Question({ version, held, columns }: Props) {
  const [quasiIdentifiers, setQuasiIdentifiers] = useState(() => likelyQuasiIdentifiers(held, columns))
  const [sensitive, setSensitive] = useState('')
  const [k, setK] = useState<number | string>(usualK)
  const [asked, setAsked] = useState<AnonymityRequest | null>(null)
  const query = useQuery(anonymityQuery(version.id, asked))
  const isComplete = quasiIdentifiers.length > 0 && Number.isInteger(k) && Number(k) >= 2
  return (
    <>
      <div className={classes.question}>
        <MultiSelect
          label="Columns that a stranger may know"
          description="Together they may single out a person."
          data={held}
          value={quasiIdentifiers}
          onChange={(names) => {
            setQuasiIdentifiers(names)
            if (names.includes(sensitive)) setSensitive('')
          }}
          maxValues={MAX_QUASI_IDENTIFIERS}
          searchable
          size="xs"
          placeholder={quasiIdentifiers.length === 0 ? 'e.g. age, sex, postcode' : undefined}
        />
        <NativeSelect
          label="What must not be learned"
          description="Such as a diagnosis."
          data={[{ value: '', label: 'None' }, ...held.filter((name) => !quasiIdentifiers.includes(name))]}
          value={sensitive}
          onChange={(event) => setSensitive(event.currentTarget.value)}
        />
        <NumberInput
          label="Wanted k"
          description="Rows that look alike."
          value={k}
          onChange={setK}
          min={2}
          max={1_000_000}
          allowDecimal={false}
          clampBehavior="blur"
        />
        <GuardedButton
          permission="view"
          className={classes.ask}
          disabled={!isComplete}
          loading={query.isFetching}
          onClick={() => setAsked({ quasiIdentifiers, ...(sensitive === '' ? {} : { sensitive }), k: Number(k) })}
        >
          Measure
        </GuardedButton>
      </div>
      {asked === null ? (
        <p className="muted">
          {quasiIdentifiers.length === 0
            ? 'No column looks like one that a stranger may know. Choose those that only people can know of.'
            : 'Chosen are the columns that look so; the answer holds counts only.'}
        </p>
      ) : (
        <Answer query={query} lines={4}>
          {(report) =>
            report.nRows === 0 ? (
              <Empty title="There are no rows to hide among" />
            ) : (
              <AnonymityReport report={report} request={asked} />
            )
          }
        </Answer>
      )}
    </>
  )
}
