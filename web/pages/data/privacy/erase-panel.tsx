import { Table, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { erasuresQuery, usePrivacyActions, type Erasure, type Finding } from '../../../api/privacy.ts'
import { Answer, Failure } from '../../../components/answers.tsx'
import { formatCount, formatCountOf, formatName, shortId } from '../../../components/format.ts'
import { tell } from '../../../components/notify.ts'
import { GuardedButton } from '../../../components/permission.tsx'
import { ReasonDialog } from '../../../components/reason-dialog.tsx'
import { StateMark } from '../../../components/state.tsx'
import { Ago } from '../../../components/time.tsx'
import classes from './privacy.module.css'

/** A person asks to be forgotten: what is held of them, in every dataset and log, and the button that ends it. */
export function ErasePanel() {
  const [subject, setSubject] = useState('')
  const [isAsking, setIsAsking] = useState(false)
  const { search, erase } = usePrivacyActions()
  const wanted = subject.trim()
  const found = search.data !== undefined && search.variables === wanted ? search.data : undefined
  return (
    <section className={classes.erase} aria-label="Erase a person" data-testid="erase">
      <h2 className={classes.title}>A person asks to be forgotten</h2>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (wanted !== '') search.mutate(wanted)
        }}
      >
        <TextInput
          label="Person"
          description="As sources and callers write it, such as a member number. It is stored nowhere in clear."
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          className={classes.person}
        />
        <GuardedButton
          permission="privacy.erase"
          disabled={wanted === ''}
          loading={search.isPending}
          onClick={() => search.mutate(wanted)}
        >
          Find
        </GuardedButton>
        <GuardedButton
          permission="privacy.erase"
          variant="danger"
          disabled={wanted === ''}
          onClick={() => setIsAsking(true)}
        >
          Erase…
        </GuardedButton>
      </form>
      {search.error !== null && <Failure error={search.error} />}
      {found !== undefined && <Found findings={found.findings} nKeys={found.nKeys} />}
      <ReasonDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title="Erase this person"
        action="Erase for good"
        isDanger
        placeholder="e.g. request of 12 March, ticket 4711; name nobody here"
        onConfirm={async (reason) => {
          await erase.mutateAsync({ subject: wanted, reason })
          setSubject('')
          search.reset()
          tell('The erasure has begun; its report will be listed below.')
        }}
      >
        <p>
          Rows of this person leave every dataset version, their logged inputs become unreadable, and this cannot be
          undone. Models that learned from them are named in the report.
        </p>
      </ReasonDialog>
      <Erasures />
    </section>
  )
}

function Found({ findings, nKeys }: { findings: Finding[]; nKeys: number }) {
  if (findings.length === 0 && nKeys === 0) return <p role="status">Nothing is held of this person.</p>
  return (
    <div role="status">
      <p>
        Held in {formatCountOf(findings.length, 'place')}
        {nKeys > 0 && `, under ${formatCountOf(nKeys, 'key')}`}:
      </p>
      <ul className={classes.findings}>
        {findings.map(({ room, kind, id, count }) => (
          <li key={`${room} ${kind} ${id}`}>
            {formatName(room)}, {formatName(kind)} <code title={id}>{shortId(id, 16)}</code>: {formatCount(count)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Erasures() {
  const query = useQuery(erasuresQuery)
  return (
    <Answer query={query} lines={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="muted">Nobody has been erased so far.</p>
        ) : (
          <Table.ScrollContainer minWidth={560}>
            <Table aria-label="Erasures">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Person (pseudonym)</Table.Th>
                  <Table.Th>State</Table.Th>
                  <Table.Th>Reason</Table.Th>
                  <Table.Th>What became of it</Table.Th>
                  <Table.Th>Asked</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((erasure) => (
                  <Table.Tr key={erasure.id}>
                    <Table.Td>
                      <code title={erasure.subject}>{shortId(erasure.subject, 12)}</code>
                    </Table.Td>
                    <Table.Td>
                      <State erasure={erasure} />
                    </Table.Td>
                    <Table.Td>{erasure.reason}</Table.Td>
                    <Table.Td>{reportWords(erasure)}</Table.Td>
                    <Table.Td className="nowrap">
                      <Ago at={erasure.createdAt} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )
      }
    </Answer>
  )
}

function State({ erasure: { state, runId } }: { erasure: Erasure }) {
  if (state === null || runId === null) return <>–</>
  return (
    <Link className="link" href={`/pipeline/${runId}`}>
      <StateMark kind="state" value={state} />
    </Link>
  )
}

/** What an erasure did and what it could not do, in words. */
export function reportWords({ report }: Pick<Erasure, 'report'>): string {
  if (report === null) return 'not finished yet'
  const { erased, nKeysDestroyed, models, unsearched } = report
  const nEntries = erased.reduce((sum, { count }) => sum + count, 0)
  return [
    erased.length === 0 && nKeysDestroyed === 0
      ? 'Nothing was held.'
      : `${formatCountOf(nEntries, 'row')} in ${formatCountOf(erased.length, 'place')}, ${formatCountOf(nKeysDestroyed, 'key')} destroyed.`,
    ...(models.length === 0
      ? []
      : [`Learned from it: ${models.map(({ model, version }) => `${model} ${version}`).join(', ')}.`]),
    ...(unsearched.length === 0
      ? []
      : [`Not searched, for want of a column of persons: ${formatCountOf(unsearched.length, 'dataset version')}.`]),
  ].join(' ')
}
