import type { DatasetDiff } from '../../data/index.ts'
import { formatTable } from '../output.ts'

/** Below this a population stability index is noise. */
const PSI_SMALL = 0.1

/** What changed from one version to another, in words. */
export function describeDiff({ columns, rows, distributions }: DatasetDiff): string {
  const moved = distributions.filter(({ psi }) => psi >= PSI_SMALL).toSorted((a, b) => b.psi - a.psi)
  return [
    `Columns: ${listed(columns.added, 'added')}, ${listed(columns.removed, 'removed')}`,
    ...columns.changed.map(({ name, from, to }) => `  ${name}: from ${from} to ${to}`),
    `Rows: ${rows.added} added, ${rows.removed} removed, ${rows.changed === null ? 'changed ones cannot be told without a key' : `${rows.changed} changed`}`,
    moved.length === 0
      ? `Distributions: none of ${distributions.length} columns has moved (PSI below ${PSI_SMALL})`
      : `Distributions that have moved (population stability index)\n${formatTable([['column', 'PSI'], ...moved.map(({ name, psi }) => [name, psi.toFixed(3)])])}`,
  ].join('\n')
}

const listed = (names: string[], what: string) =>
  names.length === 0 ? `none ${what}` : `${names.length} ${what} (${names.join(', ')})`
