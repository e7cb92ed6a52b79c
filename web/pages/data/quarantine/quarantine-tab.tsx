import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { DatasetVersion } from '../../../api/data-types.ts'
import { quarantineQuery, useDataActions, violationsQuery } from '../../../api/datasets.ts'
import { Answer, Empty, Failure } from '../../../components/answers.tsx'
import { formatCount, formatName } from '../../../components/format.ts'
import { GuardedButton } from '../../../components/permission.tsx'
import { correctionsOf, withCell, withDiscard, type Decisions } from './corrections.ts'
import { QuarantineTable } from './quarantine-table.tsx'
import classes from './quarantine.module.css'

/** Rows that broke the contract: look at them, mend them or leave them out; what is mended makes a new version. */
export function QuarantineTab({ version }: { version: DatasetVersion }) {
  const [search, setSearch] = useSearchParams()
  const reason = search.get('reason')
  const query = useInfiniteQuery(quarantineQuery(version.id, reason))
  const violations = useQuery(violationsQuery(version.id))
  const [decisions, setDecisions] = useState<Decisions>(new Map())
  const broken = violations.data?.items.map(({ code, column }) => (column === undefined ? code : `${code}:${column}`))
  const reasons = [...new Set([...(broken ?? []), ...(reason === null ? [] : [reason])])]
  if (version.nQuarantined === 0) {
    return <Empty title="Nothing is in quarantine">Every row keeps to the contract.</Empty>
  }
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={classes.quarantine}>
      <div className={classes.controls}>
        <NativeSelect
          label="Reason"
          data={[{ value: '', label: 'Any reason' }, ...reasons.map((value) => ({ value, label: reasonTitle(value) }))]}
          value={reason ?? ''}
          onChange={(event) => {
            const value = event.currentTarget.value
            setSearch(
              (known) => {
                if (value === '') known.delete('reason')
                else known.set('reason', value)
                return known
              },
              { replace: true },
            )
          }}
        />
        <p className="muted">
          {formatCount(version.nQuarantined)} rows are kept out. Change a cell, or discard a row that cannot be mended;
          the originals are kept with this version.
        </p>
      </div>
      <Answer query={query} lines={6}>
        {() =>
          rows.length === 0 ? (
            <Empty title="No row has this reason">Choose another one above.</Empty>
          ) : (
            <QuarantineTable
              rows={rows}
              decisions={decisions}
              onCell={(row, cell) => setDecisions((known) => withCell(known, row, cell))}
              onDiscard={(row, isDiscarded) => setDecisions((known) => withDiscard(known, row, isDiscarded))}
            />
          )
        }
      </Answer>
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          Show more rows
        </Button>
      )}
      <Return version={version} decisions={decisions} onUndo={() => setDecisions(new Map())} />
    </div>
  )
}

/** `RANGE_BREACH:age` -> range breach: age */
function reasonTitle(reason: string): string {
  const [code, column] = reason.split(/:(.*)/s)
  return `${formatName(code.toLowerCase())}${column === undefined ? '' : `: ${column}`}`
}

type ReturnProps = { version: DatasetVersion; decisions: Decisions; onUndo: () => void }

/** What was decided so far, and the button that makes a version of it. */
function Return({ version, decisions, onUndo }: ReturnProps) {
  const [, navigate] = useLocation()
  const { correct } = useDataActions()
  if (decisions.size === 0) return null
  const body = correctionsOf(decisions)
  const words = [
    ...(body.corrections.length === 0 ? [] : [`${formatCount(body.corrections.length)} mended`]),
    ...(body.discards.length === 0 ? [] : [`${formatCount(body.discards.length)} discarded`]),
  ]
  return (
    <div className={classes.return} data-testid="corrections">
      <b>{words.join(', ')}</b>
      <span className="muted">The rows are checked again; those that keep to the contract join a new version.</span>
      <span className={classes.buttons}>
        <Button onClick={onUndo}>Undo all</Button>
        <GuardedButton
          permission="pipeline.run"
          variant="filled"
          loading={correct.isPending}
          onClick={() =>
            correct.mutate({ id: version.id, ...body }, { onSuccess: ({ runId }) => navigate(`/data?run=${runId}`) })
          }
        >
          Make a new version
        </GuardedButton>
      </span>
      {correct.error !== null && <Failure error={correct.error} />}
    </div>
  )
}
