import { useCallback } from 'react'
import type { Importance } from '../../api/types.ts'
import { Drawing } from '../../components/drawing.tsx'
import { formatName } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'

const mostShown = 20

/** What the version's skill hangs on. */
export function ImportancePanel({ importance }: { importance: Importance[] }) {
  const draw = useCallback(
    async (width: number) => {
      const { importanceBars } = await import('../../charts/importance.ts')
      const rows = importance
        .toSorted((a, b) => b.mean - a.mean)
        .slice(0, mostShown)
        .map((row) => ({ ...row, feature: formatName(row.feature) }))
      return importanceBars({ rows, width })
    },
    [importance],
  )
  const n = Math.min(importance.length, mostShown)
  return (
    <Panel title="Permutation importance" testId="importance">
      {importance.length === 0 ? (
        <span className="muted">Not measured for this version.</span>
      ) : (
        <Drawing draw={draw} height={42 + n * 21} label={`Importance of ${n} features, the largest first`} />
      )}
    </Panel>
  )
}
