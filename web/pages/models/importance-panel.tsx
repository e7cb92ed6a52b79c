import { useCallback, useMemo } from 'react'
import type { ImportanceBar } from '../../../src/pictures/index.ts'
import type { Importance } from '../../api/types.ts'
import { Drawing, type Make } from '../../components/drawing.tsx'
import { formatName } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'

const mostShown = 20

type Props = { importance: Importance[]; onPick?: (feature: string) => void }

/** What the version's skill hangs on. */
export function ImportancePanel({ importance, onPick }: Props) {
  const rows = useMemo(() => largest(importance), [importance])
  const make = useCallback<Make>(({ importancePicture }) => importancePicture({ rows }), [rows])
  return (
    <Panel title="Permutation importance" testId="importance">
      {rows.length === 0 ? (
        <span className="muted">Not measured for this version.</span>
      ) : (
        <Drawing make={make} height={42 + rows.length * 21} onPick={onPick} />
      )}
    </Panel>
  )
}

/** The features that could be measured, the most important first. */
function largest(importance: Importance[]): ImportanceBar[] {
  return importance
    .filter((row): row is ImportanceBar => row.mean !== null && row.lower !== null && row.upper !== null)
    .toSorted((a, b) => b.mean - a.mean)
    .slice(0, mostShown)
    .map((row) => ({ ...row, label: formatName(row.feature) }))
}
