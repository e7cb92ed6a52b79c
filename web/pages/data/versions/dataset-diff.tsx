import { NativeSelect } from '@mantine/core'
import { useCallback, useState } from 'react'
import type { DatasetDiff } from '../../../api/data-types.ts'
import { Drawing, type Make } from '../../../components/drawing.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import classes from './versions.module.css'

type Props = { diff: DatasetDiff; names: { reference: string; current: string } }

/** What changed from one version to another: columns, rows, and how each column is spread. */
export function DatasetDiffView({ diff, names }: Props) {
  return (
    <div className={classes.diff}>
      <ul className={classes.changes}>
        {changesOf(diff).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <Distributions distributions={diff.distributions} names={names} />
    </div>
  )
}

/** The changes of columns and rows, a sentence each. */
export function changesOf({ columns, rows }: Pick<DatasetDiff, 'columns' | 'rows'>): string[] {
  const schema = [
    ...columns.added.map((name) => `Column ${name} was added.`),
    ...columns.removed.map((name) => `Column ${name} was removed.`),
    ...columns.changed.map(({ name, from, to }) => `Column ${name} was ${from} and is ${to}.`),
  ]
  const changed = rows.changed === null ? '' : `, ${formatCount(rows.changed)} changed`
  return [
    ...(schema.length === 0 ? ['The columns are the same.'] : schema),
    `${formatCount(rows.added)} rows were added, ${formatCount(rows.removed)} removed${changed}.`,
  ]
}

function Distributions({
  distributions,
  names,
}: Pick<Props, 'names'> & { distributions: DatasetDiff['distributions'] }) {
  const sorted = distributions.toSorted((a, b) => b.psi - a.psi)
  const [chosen, setChosen] = useState(sorted[0]?.name)
  const shown = sorted.find(({ name }) => name === chosen)
  const make = useCallback<Make>(
    ({ distributionDiffPicture }) =>
      distributionDiffPicture({ name: shown?.name ?? 'column', bins: shown?.bins ?? [], sets: names }),
    // The names are made anew with each drawing of the page.
    [shown, names.reference, names.current],
  )
  if (shown === undefined) return null
  return (
    <>
      <NativeSelect
        label="Distribution of"
        description="The population stability index (PSI) says how far it moved; from 0.1 on it matters."
        data={sorted.map(({ name, psi }) => ({ value: name, label: `${name} (PSI ${formatNumber(psi)})` }))}
        value={shown.name}
        onChange={(event) => setChosen(event.currentTarget.value)}
        maw={360}
      />
      <Drawing make={make} />
    </>
  )
}
